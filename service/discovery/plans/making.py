"""A plan from what is known and asked (pure; loads the kernels of graph)."""

from collections.abc import Callable, Mapping, Sequence

from graph.constraints import ImpossiblePlan
from service.discovery.plans.assembling import begin, impossible, whole
from service.discovery.plans.candidates import Candidate, Demands
from service.discovery.plans.choosing import choose
from service.discovery.plans.facts import Everybody
from service.discovery.plans.figures import Linked
from service.discovery.plans.schemas import Asked, Chosen, Made, Objective
from service.discovery.plans.sorting import candidate

Choose = Callable[[Sequence[Candidate], Demands, Linked], Chosen]
# Who decides each objective on audiences; spread is decided on a graph (jobs.py).
CHOOSE: Mapping[Objective, Choose] = {
    "unique_followers": choose,
    "unique_reach": choose,
    "target_reach": choose,
}


def make(everybody: Everybody, asked: Asked) -> Made:
    """The plan with everybody in it or beside it. Raises ImpossibleDemands with every failing field."""
    begun = begin(everybody, asked)
    candidates = [candidate(each) for each in begun.able]
    try:
        chosen = CHOOSE[asked.objective](candidates, begun.demands, everybody.linked)
    except ImpossiblePlan as error:
        impossible(error)
    return whole(everybody, asked, begun, chosen)
