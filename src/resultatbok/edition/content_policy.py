"""What a page may load and run: files of the site, no script inside a page, nothing from elsewhere.

Style attributes are allowed: drawings in the page and the theme's icons have them, and they run nothing.
"""

from __future__ import annotations

from typing import Final

_RULES: Final = (
    "default-src 'none'; script-src {site}; style-src {site} 'unsafe-inline'; img-src {site} data:; font-src {site}; "
    "connect-src {site}; form-action {site}; base-uri 'none'"
)
IN_PAGE: Final = _RULES.format(site="'self' file:")
"""For the page itself; a page on disk has no origin that every browser calls `'self'`, and no web page loads a file."""
SERVED: Final = _RULES.format(site="'self'") + "; frame-ancestors 'none'"
"""For the header of a server."""
