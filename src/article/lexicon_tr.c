#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_tr;

static const struct stet_lexicon_word comparators[] = {
    { "fazla|daha fazla|fazla bir|çok|daha çok", STET_COMPARISON_MORE_THAN, 0 },
    { "uzun|daha uzun", STET_COMPARISON_MORE_THAN, 0 },
    { "aşkın", STET_COMPARISON_OVER, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "bir", 1, 0 },     { "iki", 2, 0 },     { "üç", 3, 0 },
    { "dört", 4, 0 },    { "beş", 5, 0 },     { "altı", 6, 0 },
    { "yedi", 7, 0 },    { "sekiz", 8, 0 },   { "dokuz", 9, 0 },
    { "on", 10, 0 },     { "yirmi", 20, 0 },  { "otuz", 30, 0 },
    { "on bir", 11, 0 }, { "on iki", 12, 0 }, { "on beş", 15, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "yıl|yıldan|yıldır|yılı|yıllık|yılın|sene|seneden|senedir|seneyi",
      STET_UNIT_YEAR, 1 },
    { "ay|aydan|aydır|ayı|aylık", STET_UNIT_MONTH, 1 },
    { "hafta|haftadan|haftadır|haftayı|haftalık", STET_UNIT_WEEK, 1 },
    { "gün|günden|gündür|günü|günlük", STET_UNIT_DAY, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s @a @c ?bir ?süredir|süre|zamandır|zaman ?önce ?son_kez|en_son @m",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?en_son|son_olarak @a ?@c ?bir ?süre|zaman önce ?son_kez @m",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s en_az @a ?boyunca|dir @m", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_AT_LEAST, 0 },
    { "@s @a ?daha eski|eskidir|eskisi", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_OLDER_THAN, 0 },
    { "@s @a @c ?bir ?süre|zaman önce ?@p", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s @a @c ?bir ?süre|zaman ?önce @p", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s en_az @a önce @p", STET_MARKER_AGE_FLOOR, STET_COMPARISON_AT_LEAST,
      0 },
    { "@s @a önce @p", STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY,
      STET_FORM_STALE },
    { "@s @v önce ?@p", STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ?en_son|son_olarak|son_kez @t ?tarihinde|de|da|te|ta ?son_kez|en_son "
      "?olarak @m",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s @t ?tarihinde|de|da|te|ta @p", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?artık arşivlen*|arşivdedir|arşiv_içeriğidir", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ?artık güncel değil*", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s ?artık güncellenmiyor|güncellenmemektedir|güncelliğini_yitirmiş*",
      STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_tr = {
    .language = "tr",
    .determiners = "bu|işbu",
    .nouns = "haber|makale|yazı|içerik|sayfa|gönderi|metin|röportaj|video|"
             "belge|blog yazısı|haberimiz|bülten|paylaşım|köşe "
             "yazısı|tarif|yayın|konu|bilgi|web sayfası",
    .published = "yayınlan*|yayımlan*|yazıl*|eklen*|oluşturul*|paylaşıl*",
    .updated = "güncellen*|güncellenmi*|düzenlen*|değiştiril*",
    .stale = "olabilir|güncel "
             "olmayabilir|güncelliğini|eski*|eskimiş|geçersiz|olmayabilir|"
             "artık|arşiv*",
    .veto = "yorumlar|yorum",
    .leads = "dikkat|uyarı|not|önemli|bilgi|arşiv",
    .several = "birkaç|birçok|pek çok",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .forms = forms,
};
