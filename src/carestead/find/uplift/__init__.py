"""What an intervention changes, and for whom: the hook for a learned ranking by benefit, with its evaluation.

Arrays in, dataclasses out. An outcome is a number of which more is better (a year without emergency admission is 1), so
uplift is the outcome with the intervention less the outcome without, and a positive uplift is a benefit.

Nothing here is learned from made-up people: their generator knows no intervention, so whatever a model found in them
would be noise. A model needs a trial, or a roll-out with people left untreated by chance or for reasons on record, and
earns its place by `evaluate` on people it has not seen. Until then people are listed by `reference/find/needs.yaml`.

Never judge by before and after: people chosen for many admissions have fewer the year after in any case, because part
of what they were chosen for was chance (regression to the mean). `average_effect` compares them with others so chosen.
"""

from carestead.find.uplift.effect import Effect, average_effect, policy_value
from carestead.find.uplift.evaluate import Evaluation, evaluate
from carestead.find.uplift.learner import TLearner

__all__ = ["Effect", "Evaluation", "TLearner", "average_effect", "evaluate", "policy_value"]
