"""Short runs in which rules meet, written by hand: what the vectors of single rows do not show.

Start reading in ``scenario``, which has the words that they are written in, then any ``of_...``;
``registry`` has them all. What must come of each step is not here: the model says it when
``parity.vectors`` makes the vectors.
"""
