"""What the next store would cost and earn, measured against the chain's own stores.

``template`` reads the chain's experience from a book, ``Scenario`` describes a store, ``run`` gives the result.
"""

from chainbrain.expansion.own_stores import StoreTemplate, template
from chainbrain.expansion.result import ScenarioResult
from chainbrain.expansion.runner import run
from chainbrain.expansion.scenario import Scenario

__all__ = ["Scenario", "ScenarioResult", "StoreTemplate", "run", "template"]
