"""Order influencers by their fit to brands, from topic and hashtag vectors, learning from what brands chose.

`vectors.py` is what comes in and the space it is laid in, `choice.py` the likelihood, `estimator.py` the
estimator that joins them, `evaluation.py` how its order is measured on brands that it has not seen.
"""

from scoring.brandfit.estimator import BrandFit
from scoring.brandfit.vectors import Vectors

__all__ = ["BrandFit", "Vectors"]
