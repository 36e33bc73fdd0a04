#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_ar;

static const struct stet_lexicon_word comparators[] = {
    { "أكثر من|ما يزيد على|ما يزيد عن|أزيد من", STET_COMPARISON_MORE_THAN, 0 },
    { "ما لا يقل عن|على الأقل", STET_COMPARISON_AT_LEAST, 0 },
    { "نحو|حوالي|قرابة|ما يقرب من", STET_COMPARISON_ALMOST, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "واحد|واحدة", 1, 0 },
    { "اثنين|اثنان|اثنتين", 2, 0 },
    { "ثلاث|ثلاثة", 3, 0 },
    { "أربع|أربعة", 4, 0 },
    { "خمس|خمسة", 5, 0 },
    { "ست|ستة", 6, 0 },
    { "سبع|سبعة", 7, 0 },
    { "ثمان|ثماني|ثمانية", 8, 0 },
    { "تسع|تسعة", 9, 0 },
    { "عشر|عشرة", 10, 0 },
    { "أحد عشر|إحدى عشرة|إحدى عشر", 11, 0 },
    { "اثني عشر|اثنتي عشرة|اثنا عشر", 12, 0 },
    { "عشرون|عشرين", 20, 0 },
    { "واحد وعشرين|واحد وعشرون|إحدى وعشرين", 21, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "سنة|سنوات|سنين|عام|أعوام|عاما", STET_UNIT_YEAR, 1 },
    { "شهر|أشهر|شهور|شهرا", STET_UNIT_MONTH, 1 },
    { "أسبوع|أسابيع|أسبوعا", STET_UNIT_WEEK, 1 },
    { "يوم|أيام|يوما", STET_UNIT_DAY, 1 },
    { "عقد|عقود", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "سنة|عام|سنة واحدة|عام واحد", STET_UNIT_YEAR, 1 },
    { "سنتين|سنتان|عامين|عامان", STET_UNIT_YEAR, 2 },
    { "شهر|شهر واحد", STET_UNIT_MONTH, 1 },
    { "شهرين|شهران", STET_UNIT_MONTH, 2 },
    { "أسبوع|أسبوع واحد", STET_UNIT_WEEK, 1 },
    { "أسبوعين|أسبوعان", STET_UNIT_WEEK, 2 },
    { "يوم|يوم واحد", STET_UNIT_DAY, 1 },
    { "يومين|يومان", STET_UNIT_DAY, 2 },
    { "نصف عام|نصف سنة", STET_UNIT_MONTH, 6 },
    { "عقد|عقد من الزمن", STET_UNIT_YEAR, 10 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s لم ?يتم|تتم|يجر @m منذ @c @a", STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "لم يتم|تتم|يجر تحديث|تعديل @s منذ @c @a", STET_MARKER_SINCE_UPDATE, 0,
      0 },
    { "لم يتم|تتم|يجر تحديث|تعديل @s منذ @a", STET_MARKER_SINCE_UPDATE,
      STET_COMPARISON_EXACTLY, 0 },
    { "@s ?تم|تمت ?آخر @m ?آخر_مرة|لآخر_مرة منذ|قبل @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "تم|تمت|جرى تحديث @s ?آخر_مرة|لآخر_مرة منذ|قبل @c @a",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "تم|تمت|جرى تحديث @s ?آخر_مرة|لآخر_مرة منذ|قبل @a",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?تم|تمت|قد ?@p قبل|منذ @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s عمره|عمرها @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s يعود|تعود|يرجع|ترجع ?تاريخه|تاريخها ?إلى ?ما ?قبل|منذ @c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s أقدم من @a", STET_MARKER_AGE_FLOOR, STET_COMPARISON_OLDER_THAN, 0 },
    { "@s مضى|مر|مضت|مرت عليه|عليها|على_نشره|على_نشرها|على_كتابته|على_كتابتها "
      "@c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "تم|تمت|نشر|نشرت|كتب|كتبت ?نشر|كتابة @s ?قبل|منذ @c @a",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "مضى|مر|مضت|مرت على ?نشر|كتابة @s @c @a", STET_MARKER_AGE_FLOOR, 0, 0 },
    { "تم|تمت|نشر|نشرت|كتب|كتبت ?نشر|كتابة @s قبل|منذ @a",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?تم|تمت ?@p قبل|منذ @a", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?تم|تمت @p قبل|منذ @v", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_SEVERAL, STET_FORM_STALE | STET_FORM_ALONE },
    { "تم|جرى|كان ?آخر تحديث|تعديل @s ?آخر_مرة|لآخر_مرة ?في|بتاريخ|يوم @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?تم|تمت ?آخر @m ?آخر_مرة|لآخر_مرة ?في|بتاريخ|يوم @t",
      STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?تم|تمت @p ?في|بتاريخ|يوم @t", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s مؤرشف|مؤرشفة|من_الأرشيف", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "تم|تمت أرشفة @s", STET_MARKER_STATUS, 0, STET_FORM_ALONE },
    { "@s لم_يعد|لم_تعد|لا ?يتم|تتم @m|محدثا|محدثة", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s قديم|قديمة", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE | STET_FORM_STALE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_ar = {
    .language = "ar",
    .determiners = "هذا|هذه|إن هذا|إن هذه",
    .nouns = "المقال|المقالة|الخبر|المنشور|الصفحة|التقرير|المحتوى|الموضوع|النص|"
             "التدوينة|الفيديو|المادة|الوثيقة|المقابلة|الحوار|الوصفة|البيان|"
             "المعلومات",
    .published = "نشر|نشرت|نشره|نشرها|كتب|كتبت|كتابته|كتابتها|منشور|منشورة|"
                 "كتابة|أنشئ|أنشئت",
    .updated = "تحديثه|تحديثها|تحديث|تعديله|تعديلها|تعديل|حدث|حدثت|محدث|محدثة|"
               "يحدث|تحدث",
    .stale = "قد|وقد|ربما|وربما|قديم|قديمة|لم يعد|لم تعد|أرشيف|يحتمل|من "
             "الممكن|غير محدث*",
    .veto = "التعليقات|التعليق",
    .leads = "تنبيه|ملاحظة|تحذير|هام|مهم|أرشيف|ملحوظة",
    .several = "عدة|بضع|بضعة",
    .months =
        "يناير|كانون "
        "الثاني|جانفي,فبراير|شباط|فيفري,مارس|آذار,أبريل|نيسان|إبريل|أفريل,مايو|"
        "أيار|ماي,يونيو|حزيران|جوان,يوليو|تموز|جويلية,أغسطس|آب|أوت,سبتمبر|"
        "أيلول,أكتوبر|تشرين الأول,نوفمبر|تشرين الثاني,ديسمبر|كانون الأول",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
