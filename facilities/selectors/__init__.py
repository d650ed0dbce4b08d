"""What pages show of places, people and the spread of ILP: frozen answers, few queries."""

from facilities.selectors.ilp import Rollout, rollout

__all__ = ["Rollout", "rollout"]
