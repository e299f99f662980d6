"""How the handbook is found and shared: its address, a sitemap, link previews, structured data.

All of that needs to know where the handbook stands: ``html_baseurl``. Without it (on a disk, in
the zip) a page carries a description and nothing else of this, and the build is content.

Help pages can be found like all others, because somebody in need may ask a search engine and not
a front page. What others see of them stays neutral: the title is, the description is made of it,
a preview has no picture, and there is no structured data.
"""
