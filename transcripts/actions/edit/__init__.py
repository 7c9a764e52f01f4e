"""The one door through which text is changed: people, captions, passes over the file, programs, restoring.

Every change is a batch of ProseMirror steps in the order of the document's version, with author and kind.
"""
