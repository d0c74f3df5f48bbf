"""Programs among visitors: by what they call themselves."""

from __future__ import annotations

import re
from functools import lru_cache

MOST_CHARACTERS = 1_000
"""Of a user agent that are looked at."""

_KINDS = {
    "preview": r"facebookexternalhit|facebookcatalog|whatsapp|slackbot|slack-imgproxy|twitterbot"
    r"|telegrambot|discordbot|linkedinbot|skypeuripreview|pinterestbot|redditbot|embedly"
    r"|vkshare|viber|iframely|google-read-aloud|bitlybot|mastodon",
    "monitor": r"uptimerobot|pingdom|statuscake|site24x7|datadog\w*|newrelicpinger|kube-probe"
    r"|googlehc|elb-healthchecker|google-cloud-scheduler|better uptime bot|checkly"
    r"|nagios|zabbix|uptime-kuma|catchpoint|gomezagent|dynatrace\w*|amazon-route53\S*",
    "headless": r"headlesschrome|phantomjs|chrome-lighthouse|google page speed|slimerjs|cypress"
    r"|playwright|puppeteer|selenium|splash|electron-prerender",
    "crawler": r"[\w.-]*(?:bot|crawler|spider)\b[\w.-]*|[\w.-]*(?:bot|crawler|spider)(?=[/;) ])"
    r"|slurp|mediapartners-google|google-inspectiontool|googleother|storebot-google"
    r"|ia_archiver|archive\.org_bot|bingpreview|feedfetcher-google|yandex\w*(?=/)|baiduspider\S*"
    r"|duckduck\w+|ahrefs\w*|semrush\w*|screaming frog seo spider|chatgpt-user|claude-web"
    r"|claude-user|perplexity-user|meta-externalagent|meta-externalfetcher|bytespider|nutch"
    r"|heritrix|httrack|scrapy|sogou web spider",
    "library": r"curl|wget|python-requests|python-urllib|python-httpx|aiohttp|httpx|okhttp"
    r"|go-http-client|java(?=/)|apache-httpclient|libwww-perl|lwp::simple|guzzlehttp|axios"
    r"|node-fetch|undici|got(?= \()|php(?=/)|ruby|faraday|dart|rest-client|postmanruntime"
    r"|insomnia|http_request2|winhttp\S*|powershell",
}
_TRAILING = r"(?=[/;:,) +]|$)"
_AGENTS = re.compile(
    "|".join(f"(?P<{kind}>\\b(?:{names}){_TRAILING})" for kind, names in _KINDS.items()),
    re.IGNORECASE,
)
_PHONES = re.compile(r"\bcubot\b", re.IGNORECASE)
"""Phones that are called like bots."""


@lru_cache(8192)
def bot_of(user_agent: str) -> tuple[str, str] | None:
    """Name and kind of the program that a user agent names; None for a person's browser."""
    agent = user_agent[:MOST_CHARACTERS]
    for found in _AGENTS.finditer(agent):
        if not _PHONES.fullmatch(found[0]):
            return found[0], str(found.lastgroup)
    return None
