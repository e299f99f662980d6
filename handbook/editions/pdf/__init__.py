"""The book: a Sphinx project as tagged PDFs, with Typst.

In the order in which a page passes through: ``settings`` (what ``conf.py`` may say), ``spine``
(which page stands where), ``translator`` with ``emitter``, ``text``, ``blocks`` and ``figures``
(a doctree to Typst code, by ``values`` and ``links``), ``book`` (all pages to one source),
``compiler`` with ``streams`` (the source to bytes). ``builder`` ties them to Sphinx, ``questions``
collects the index, ``template.typ`` is all that has to do with looks.
"""
