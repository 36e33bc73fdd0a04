#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_ja;

static const struct stet_lexicon_word comparators[] = {
    { "以上", STET_COMPARISON_AT_LEAST, 0 },
    { "を超え|超|超えて|越え", STET_COMPARISON_OVER, 0 },
    { "より長く|より多く", STET_COMPARISON_MORE_THAN, 0 },
    { "近く|ほぼ", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "一|壱", 1, 0 }, { "二|弐", 2, 0 }, { "三", 3, 0 },    { "四", 4, 0 },
    { "五", 5, 0 },    { "六", 6, 0 },    { "七", 7, 0 },    { "八", 8, 0 },
    { "九", 9, 0 },    { "十", 10, 0 },   { "二十", 20, 0 }, { "三十", 30, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "年|年間|カ年|ヶ年", STET_UNIT_YEAR, 1 },
    { "か月|ヶ月|カ月|ヵ月|ケ月|ヵ月間|か月間|ヶ月間|カ月間|個月|箇月|月",
      STET_UNIT_MONTH, 1 },
    { "週間|週", STET_UNIT_WEEK, 1 },
    { "日|日間", STET_UNIT_DAY, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "半年", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s は|が|も @m から ?すでに|既に|もう @a @c ?が|も|は ?すでに|既に "
      "経過|経って|経っ|過ぎ|たって|たっ",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "最終更新日|最終更新|最後の更新|最終更新日時 から ?すでに|既に @a @c "
      "?が|も|は 経過|経って|過ぎ|たって",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s は|が @m から @a が|も ?すでに|既に 経過|経って|過ぎ|たって",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_ALONE },
    { "@s は|が @a @c ?の間|も|間 更新されて|更新して|更新が "
      "いません|おりません|いない|ありません",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s は|が @a @c 前 に ?最後に|最終 更新", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "@s は|が|も ?最初に @p から ?すでに|既に|もう|約 @a @c ?が|も|は "
      "?すでに|既に 経過|経って|経っ|過ぎ|たって|たっ",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s は|が|も @p から ?すでに|既に|もう|約 @a が|も ?すでに|既に "
      "経過|経って|過ぎ|たって|たち",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_ALONE },
    { "@s は|が ?今から ?すでに|既に @a @c ?も 前 の|に|である|です|もの",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s は|が ?今から ?約 @a 前 の|に ?@p", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s は|が @p から @v ?以上 ?が|も 経過|経って|過ぎ|たって",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s は|が @v ?以上 前 の|に", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_STALE | STET_FORM_ALONE },
    { "@s は|の|が @t ?時点|現在 ?に|の ?最後に|最終 @m", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s は|の|が ?最後に ?最終更新日|最終更新日時|更新日 は|が @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s は|が @t ?に|時点 @p", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s は|が アーカイブ", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s は|が ?内容が 古く|古い", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s は|の ?現在|もう|今後|すでに 更新されて いません|おりません",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s は|の ?現在|今後 更新は|更新を "
      "終了|停止|行っていません|行っておりません|されません",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_ja = {
    .language = "ja",
    .determiners = "この|本|当|こちらの",
    .nouns = "記事|ページ|投稿|エントリ|エントリー|コンテンツ|ニュース|文章|"
             "情報|ブログ記事|ブログ|動画|文書|インタビュー|レシピ|コラム|内容|"
             "稿|ドキュメント|ウェブページ|webページ|お知らせ",
    .published =
        "公開されて|公開して|公開日|公開|投稿されて|投稿して|投稿日|投稿|"
        "作成されて|作成日|作成|掲載されて|掲載日|掲載|執筆されて|執筆日|執筆|"
        "書かれて|書いて|配信されて|配信日|配信|発行|発行日",
    .updated = "最終更新日|最終更新|最後の更新|最後に更新されて|更新日|"
               "更新されて|更新|最終更新日時",
    .stale = "可能性|場合|古く|古い|ご注意|注意|かもしれ|異なる|当時|現在|参考",
    .veto = "コメント",
    .leads = "注意|ご注意|お知らせ|注|警告|注意事項|重要",
    .several = "数",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
