"""`orders` in NumPy: all households as columns, a day at a time. It is no event simulation: it knows no order within a day."""

from functools import partial

import numpy
from numpy_days import run

from workload import RATE, program


def draw(luck, count):
    return numpy.repeat(numpy.arange(count), luck.poisson(RATE, count))


program("numpy", partial(run, draw))
