"""A new machine pass meets a text that people have changed: nothing of either side is lost.

``base`` is what the machine heard before, ``mine`` the document as it is now, ``theirs`` the new pass. What
people changed is told by comparing ``mine`` with ``base``; nothing is marked. Plain values in and out.
"""
