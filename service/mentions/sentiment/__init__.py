"""Sentiment models: files of labelled texts in, a model with its card out."""
