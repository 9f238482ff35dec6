"""月结: a guided board, roll-forwards that close to the cent, sign-off and lock."""
