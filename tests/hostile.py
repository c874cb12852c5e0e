"""Text that would run, or break a page, a file or a message, where it is not carried as text."""

HOSTILE = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit = 2">',
    "' onmouseover='window.hit = 3",
    "</span></script></svg></table><svg onload=window.hit=4>",
    "<!-- ]]> --> &lt;b&gt; &amp; &#60;",
    "{glue:text}`share` {math}`x` `code` ``` ~~~ ::: ",
    "**bold** _x_ [a](javascript:window.hit=5) ![b](x.svg) <https://example.org>",
    '#import "x.typ": * #panic("hit") @label <label> */ /* // #{1 + 1} $x$ $$ _a_ *b* = c',
    "\\ \\n \\u{48} \\input{x} %s %(x)s {0} {x} {{ book.title }} {% raw %} ${x}",
    "=cmd|' /C calc'!A0",
    "+1 @SUM(1) -2",
    "---",
    "- item | cell | 1. one # head",
    "שלום مرحبا \u200f😀 日本 a\u0301",
    "x" * 900,
)
