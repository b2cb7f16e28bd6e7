"""Summarizes one article and shows the words that each sentence rests on."""

import briefing

TEXT = """本报讯 云汀市图书馆昨日宣布，24小时自习室座位由180个增至320个，23日起可通过微信预约。
馆长冷凝之说，晚间到馆读者今年增加了四成。新座位都配有台灯和插座。"""

story = briefing.summarize(TEXT, headline="云汀图书馆自习室延长开放", length=60)
print(story.summary.gist)
for sentence in story.summary.sentences:
    print("-", sentence.text)
    for start, end in sentence.evidence:
        print("   ", start, end, story.article.text[start:end])
