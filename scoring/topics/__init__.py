"""What mentions are about: words and phrases that stand out, and groups of mentions that say alike things."""
