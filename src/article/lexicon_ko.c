#include "article/lexicon.h"

extern const struct stet_lexicon stet_lexicon_ko;

static const struct stet_lexicon_word comparators[] = {
    { "이상", STET_COMPARISON_AT_LEAST, 0 },
    { "넘|넘게|초과", STET_COMPARISON_OVER, 0 },
    { "더", STET_COMPARISON_MORE_THAN, 0 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word numbers[] = {
    { "일|한|하나", 1, 0 },      { "이|두|둘", 2, 0 },
    { "삼|세|석|셋", 3, 0 },     { "사|네|넉|넷", 4, 0 },
    { "오|다섯", 5, 0 },         { "육|여섯", 6, 0 },
    { "칠|일곱", 7, 0 },         { "팔|여덟", 8, 0 },
    { "구|아홉", 9, 0 },         { "십|열", 10, 0 },
    { "십일|열한", 11, 0 },      { "십이|열두", 12, 0 },
    { "이십|스물|스무", 20, 0 }, { "이십일|스물한", 21, 0 },
    { "삼십|서른", 30, 0 },      { NULL, 0, 0 },
};

static const struct stet_lexicon_word units[] = {
    { "년|해|년도", STET_UNIT_YEAR, 1 },
    { "개월|달", STET_UNIT_MONTH, 1 },
    { "주|주일", STET_UNIT_WEEK, 1 },
    { "일|날", STET_UNIT_DAY, 1 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_word spans[] = {
    { "반년", STET_UNIT_MONTH, 6 },
    { NULL, 0, 0 },
};

static const struct stet_lexicon_form forms[] = {
    { "@s ?은|는|이|가 ?마지막|최종|최근 ?으로 @m ?지|후|이후|일 ?로부터|부터 "
      "?이미|벌써 @a ?이|가|을|도 @c",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "마지막_업데이트|최종_업데이트|마지막_수정|최종_수정 ?일 "
      "?이후|후|로부터|부터 ?이미 @a ?이|가|을|도 @c",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?은|는|이|가 ?마지막 ?으로 @m ?지|후|이후 @a ?이|가|을|도 "
      "지났|지난|지나|경과|되었|됐",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_ALONE },
    { "@s ?은|는|이|가 @a ?이|을 @c ?동안|간|게 @m ?지 않",
      STET_MARKER_SINCE_UPDATE, 0, 0 },
    { "@s ?은|는|이|가 @a 전 에 ?마지막|최종 ?으로 @m",
      STET_MARKER_SINCE_UPDATE, STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?은|는|이|가 @p ?지|후|이후|로부터 ?이미|벌써|약 @a ?이|가|을|도 @c",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?은|는|이|가 @p ?지|후|이후|로부터 ?이미|벌써|약 @a ?이|가|을|도 "
      "지났|지난|지나|경과|되었|됐|된",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_EXACTLY, STET_FORM_ALONE },
    { "@s ?은|는|이|가 @a ?이|을 @c ?게 ?전|이전|된|지난|오래된 ?에 ?@p",
      STET_MARKER_AGE_FLOOR, 0, 0 },
    { "@s ?은|는|이|가 @a 전 에 @p", STET_MARKER_AGE_FLOOR,
      STET_COMPARISON_EXACTLY, STET_FORM_STALE },
    { "@s ?은|는|이|가 @v ?이|을 ?이상|넘은|넘게 ?전|지난|된|이_지난",
      STET_MARKER_AGE_FLOOR, STET_COMPARISON_SEVERAL,
      STET_FORM_STALE | STET_FORM_ALONE },
    { "@s ?은|는|이|가 @t ?에 ?마지막|최종|최근 ?으로 @m", STET_MARKER_DATE, 0,
      STET_FORM_STALE },
    { "@s ?은|는|이|가 @t ?에 @p", STET_MARKER_DATE, 0, STET_FORM_STALE },
    { "@s ?은|는|이|가 ?현재 보관 되|된|처리", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ?은|는|이|가 ?더_이상|더는 @m 지_않|되지_않", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE },
    { "@s ?은|는|이|가 ?너무|매우 오래된|오래되", STET_MARKER_STATUS, 0,
      STET_FORM_ALONE | STET_FORM_STALE },
    { NULL, 0, 0, 0 },
};

const struct stet_lexicon stet_lexicon_ko = {
    .language = "ko",
    .determiners = "이|본|해당",
    .nouns = "기사|글|게시물|게시글|포스트|포스팅|문서|콘텐츠|컨텐츠|페이지|"
             "뉴스|내용|정보|보도|칼럼|인터뷰|영상|동영상|자료|레시피|웹페이지|"
             "본문|보도자료|블로그 글",
    .published =
        "작성된|작성한|작성|게시된|게시한|게시|발행된|발행|등록된|등록|보도된|"
        "출판된|쓰여진|쓰인|쓴|올라온|공개된|공개|출고된|입력된|게재된|발표된",
    .updated = "업데이트된|업데이트한|업데이트되|업데이트|수정된|수정되|수정|"
               "갱신된|갱신되|갱신|마지막 업데이트",
    .stale = "수 있|오래|최신|변경|다를|지난|유의|주의|참고",
    .veto = "댓글",
    .leads = "주의|알림|안내|참고|경고|공지|중요",
    .several = "수|몇|여러",
    .comparators = comparators,
    .numbers = numbers,
    .units = units,
    .spans = spans,
    .forms = forms,
};
