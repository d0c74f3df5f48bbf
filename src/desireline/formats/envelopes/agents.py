"""Programs among visitors: by what they call themselves."""

from __future__ import annotations

import re
from functools import lru_cache

LOOKED_AT = 1_000

_KINDS = {
    "preview": r"facebookexternalhit|whatsapp|slackbot|twitterbot|telegrambot|discordbot"
    r"|linkedinbot|skypeuripreview|pinterestbot|embedly|mastodon",
    "monitor": r"uptimerobot|pingdom|statuscake|site24x7|datadog\w*|kube-probe|googlehc"
    r"|elb-healthchecker|checkly|nagios|zabbix|uptime-kuma",
    "headless": r"headlesschrome|phantomjs|chrome-lighthouse|cypress|playwright|puppeteer|selenium",
    "crawler": r"[\w.-]*(?:bot|crawler|spider)|slurp|mediapartners-google|google-inspectiontool"
    r"|googleother|ia_archiver|bingpreview|feedfetcher-google|chatgpt-user|claude-web"
    r"|claude-user|perplexity-user|meta-externalagent|bytespider|nutch|heritrix|httrack|scrapy",
    "library": r"curl|wget|python-requests|python-urllib|python-httpx|aiohttp|httpx|okhttp"
    r"|go-http-client|java|apache-httpclient|libwww-perl|guzzlehttp|axios|node-fetch|undici|php"
    r"|postmanruntime|insomnia|winhttp",
}
_AGENTS = re.compile(
    "|".join(f"(?P<{kind}>\\b(?:{names})(?=[/;:,) +]|$))" for kind, names in _KINDS.items()),
    re.IGNORECASE,
)
_PHONES = ("cubot",)
"""Phones that are called like bots."""


@lru_cache(8192)
def bot_of(user_agent: str) -> tuple[str, str] | None:
    """Name and kind of the program that a user agent names; None for a person's browser."""
    for found in _AGENTS.finditer(user_agent[:LOOKED_AT]):
        if found[0].lower() not in _PHONES:
            return found[0], str(found.lastgroup)
    return None
