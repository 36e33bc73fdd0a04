#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_zh;

static const struct stet_lexicon_word comparators[] = {
    { "超过|超過|逾|大于|多于|多於|超过了|超過了|已超过|已超過",
      STET_COMPARISON_MORE_THAN, 0 },
    { "以上", STET_COMPARISON_AT_LEAST, 0 },
    { "至少", STET_COMPARISON_AT_LEAST, 0 },
    { "将近|將近|近|接近", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "一|壹", 1, 0 }, { "二|两|兩|贰", 2, 0 }, { "三", 3, 0 },
    { "四", 4, 0 },    { "五", 5, 0 },          { "六", 6, 0 },
    { "七", 7, 0 },    { "八", 8, 0 },          { "九", 9, 0 },
    { "十", 10, 0 },   { "二十", 20, 0 },       { "三十", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "年|年时间|年時間", STET_UNIT_YEAR, 1 },
    { "个月|個月|月|个月时间", STET_UNIT_MONTH, 1 },
    { "周|週|星期|个星期|個星期|周时间", STET_UNIT_WEEK, 1 },
    { "天|日", STET_UNIT_DAY, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "半年", STET_UNIT_MONTH, 6 },
    { "一年半", STET_UNIT_MONTH, 18 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?的 最后|最後|上次|最近|最新 ?一次 @m ?时间|時間|日期 "
      "?于|於|在|是|为|為|距今|至今|至今已|距今已|距今已有|已|已经 @c @a "
      "?之|以 ?前",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?的 最后|最後|上次|最近 ?一次 @m ?时间|時間|日期 "
      "?于|於|在|是|为|為|距今|至今|至今已|距今已|距今已有|已|已经 @a ?多 @c",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?的 最后|最後|上次|最近 ?一次 @m ?时间|時間|日期 "
      "?于|於|在|是|为|為|距今|至今|至今已|距今已|距今已有 @a ?之|以 前",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s 已|已经|已經|有 ?有 @c @a ?没有|沒有|没|沒|未|未曾|未有 "
      "?被|进行|進行 @m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s 已|已经|已經|有 ?有 @a @c 没有|沒有|没|沒|未|未曾 @m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "距离|距離|距|自 ?@s 上次|最后|最後|最近 ?一次 @m "
      "?已|已经|已經|至今|以来|以來 ?过去|過去|有 ?了 @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "距离|距離|距|自 ?@s 上次|最后|最後|最近 ?一次 @m ?@s "
      "?已|已经|已經|至今|以来|以來 ?过去|過去|有 ?了 @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?已|已经|已經|距今|距今已|距今已经|距今已經 ?@p "
      "?已|已经|已經|距今|距今已|至今|至今已|时间|時間 ?了 @c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?最初|首次|已 @p ?于|於|在|距今|距今已|距今已有|已|已有|至今 @a ?多 "
      "@c ?之|以 ?前",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?最初|首次 @p ?于|於|在 @c @a ?之|以 前", STET_MARKER_AGE_FLOOR, 0,
      0 },
    { "@s ?已|已经|已經|距今|距今已 ?有 @a @c", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?最初|首次 @p 于|於|在|距今|距今已 @a ?之|以 ?前",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s @p 于|於|在 @v ?之|以 前", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ?的 最后|最後|上次|最近 ?一次 @m ?时间|時間|日期 ?于|於|在|是|为|為 "
      "@t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?最初|首次 @p ?时间|時間 ?于|於|在|是|为|為 @t", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ?已|已经|已經 ?被 归档|歸檔|封存|存档|存檔", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ?内容|內容 ?已|已经|已經 过时|過時|过期|過期|失效",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s 不再 @m|维护|維護", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_zh = {
    .language = "zh",
    .determiners =
        "本|此|这篇|這篇|这个|這個|该|該|这条|這條|这则|這則|此篇|本篇|这|這",
    .nouns = "文|文章|新闻|新聞|报道|報導|報道|帖子|贴文|貼文|页面|頁面|内容|"
             "內容|博文|网页|網頁|稿件|稿|视频|影片|文档|文件|资讯|資訊|日志|"
             "日誌|教程|帖|篇",
    .published = "发布|發布|發佈|发表|發表|写|寫|撰写|撰寫|刊登|刊发|刊發|创建|"
                 "建立|写作|发佈|编写|編寫|发文|發文",
    .updated = "更新|修改|编辑|編輯|修订|修訂",
    .stale = "可能|过时|過時|过期|過期|失效|不再|变化|變化|已经|已經|谨慎|謹慎|"
             "注意|参考|參考|旧|舊|不适|不適",
    .veto = "评论|評論|留言",
    .leads = "注意|提示|警告|说明|說明|提醒|温馨提示|溫馨提示|重要",
    .several = "数|數|多|几|幾|好几|好幾",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
