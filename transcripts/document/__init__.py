"""The editable text: a ProseMirror document and the steps that change it. Plain Python, no Django."""
