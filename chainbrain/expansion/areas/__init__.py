"""Trade areas: how customers divide among stores, what a site would take from its neighbours, and stores like it."""

from chainbrain.expansion.areas.analogues import Analogues
from chainbrain.expansion.areas.room import AreaRoom
from chainbrain.expansion.areas.study import AreaStudy, Wish

__all__ = ["Analogues", "AreaRoom", "AreaStudy", "Wish"]
