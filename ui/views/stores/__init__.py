"""The stores: who sells what, why it changed, when it is busy."""
