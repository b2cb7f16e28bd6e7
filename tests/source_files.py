"""Files of the kinds that are read, in bytes: a page of the web, a feed, an archive, a book, a Word document, a table."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

from briefing.types import Page, Problem

PAGE = """<html><head><meta charset="utf-8"><title>望江桥提前通车_云汀新闻网</title></head><body><article><h1>望江桥提前通车</h1>
<p>全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间由四十五分钟缩短到二十五分钟。</p>
<p>市交通局局长范明远说，桥面设双向六车道，两侧各有一条三米宽的步行道，晚上十点以后仍然开放。</p></article></body></html>"""
RSS = """<?xml version="1.0" encoding="{encoding}"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>云汀日报</title><link>http://{host}/</link>
<item><title>滨湖区护栏换新</title><link>http://{host}/bridge.html</link><pubDate>Thu, 19 Nov 2026 23:30:00 +0800</pubDate><category>社会</category>
<description>&lt;p&gt;提要一句。&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>滨湖区三千米护栏本周换新，新护栏高一米二。</p><p>区城管局说，工程月底完工，旧护栏全部回收。</p><script>x</script>]]></content:encoded></item>
<item><title>望江桥提前通车</title><link>http://{host}/bridge.html</link><pubDate>Fri, 20 Nov 2026 08:00:00 +0800</pubDate><description>提要而已。</description></item>
</channel></rss>"""
BRIDGE = "全长1860米的望江桥昨日提前二十天通车，首日通过车辆3.2万辆，两岸通勤时间缩短到二十五分钟。"
RAIL = "滨湖区三千米护栏本周换新，新护栏高一米二，工程月底完工，旧护栏全部回收利用。"


def packed(files: dict[str, bytes], **options: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return out.getvalue()


CONTAINER = b'<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile full-path="OEBPS/p.opf"/></rootfiles></container>'
PACKAGE = """<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata><dc:title>云汀周报</dc:title></metadata>
<manifest><item id="b" href="text/2.xhtml"/><item id="a" href="text/1.xhtml"/><item id="c" href="cover.xhtml"/><item id="m" href="gone.xhtml"/></manifest>
<spine><itemref idref="c"/><itemref idref="a"/><itemref idref="b"/><itemref idref="m"/></spine></package>"""


def chapter(*told: tuple[str, str]) -> bytes:
    body = "".join(f"<h2>{head}</h2><p>{text}</p>" for head, text in told)
    return f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body>{body}</body></html>'.encode()


BOOK = {
    "mimetype": b"application/epub+zip",
    "META-INF/container.xml": CONTAINER,
    "OEBPS/p.opf": PACKAGE.encode(),
    "OEBPS/cover.xhtml": b"<html><body><img src='c.png'/></body></html>",
    "OEBPS/text/1.xhtml": chapter(("望江桥提前通车", BRIDGE), ("滨湖区护栏换新", RAIL)),
    "OEBPS/text/2.xhtml": chapter(("云汀港新航线开通", BRIDGE)),
}


def word(*told: tuple[str, str]) -> bytes:
    from docx import Document

    document = Document()
    for style, text in told:
        document.add_paragraph(text, style=style)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


CSV = f'编号,标题,正文,日期,来源\n7,望江桥提前通车,{BRIDGE},2026-11-20,云汀日报\n8,空的,,2026-11-20,云汀日报\n9,护栏换新,"{RAIL}\n第二段也在。",2026年11月19日,云汀晚报\n'


def only_page(pages: Iterable[Page | Problem]) -> Page:
    """The one page that was read, which is no Problem."""
    (page,) = pages
    assert isinstance(page, Page)
    return page
