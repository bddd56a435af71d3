"""The report on a data set before training, ``train.py --report``."""
