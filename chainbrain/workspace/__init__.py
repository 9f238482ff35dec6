"""Opens one book and hands out its rooms; the only door for the window and the command line."""

from chainbrain.workspace.rooms import BookInfo, Rooms
from chainbrain.workspace.workspace import Workspace

__all__ = ["BookInfo", "Rooms", "Workspace"]
