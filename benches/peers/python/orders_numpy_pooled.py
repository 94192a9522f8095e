"""`orders` in NumPy as in `orders_numpy.py`, but for one thing: since all households order alike, a day's orders are drawn at once and dealt to them."""

from functools import partial

from numpy_days import run

from workload import RATE, program


def draw(luck, count):
    return luck.integers(count, size=luck.poisson(RATE * count))


program("numpy-pooled", partial(run, draw))
