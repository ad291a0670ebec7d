"""Sentiment of mentions in Turkish and English: languages, labels with probabilities, net sentiment.

>>> from scoring.sentiment import label
>>> label(["Kargo hızlı geldi, çok memnunum 😍"]).label
('positive',)
"""

from scoring.sentiment.labelling import Labels, label, net_counted, net_of
from scoring.sentiment.net import Net, net

__all__ = ["Labels", "Net", "label", "net", "net_counted", "net_of"]
