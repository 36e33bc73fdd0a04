#include "article/headings.h"

/*
 * Beginnings of headings, in small letters.  The longest that fits counts;
 * the word must end with it, but where a star stands or the script has no
 * spaces.
 */
static const char *const topics[] = {
    /* English */
    "related topics", "related topic", "related tags", "related tag",
    "related authors", "related companies", "related keywords",
    "related themes", "related subjects", "related people",
    "related categories", "related sections", "explore more on these topics",
    "more on these topics", "read more on these topics",
    "read more about:", "trending topics", "popular topics", "popular tags",
    "top trends", "topics", "tags", "keywords", "subjects", "in this article",
    "in this story",
    /* German */
    "themen", "mehr zu den themen", "mehr zu diesen themen",
    "lesen sie mehr zu den themen", "verwandte themen", "ähnliche themen",
    "beliebte themen", "top-themen", "topthemen", "schlagworte", "schlagwörter",
    "stichworte", "themenseiten", "mehr lesen über",
    /* French */
    "thèmes", "sujets associés", "sur les mêmes thèmes", "mots-clés",
    "tags associés", "rubriques associées", "thématiques", "sujets populaires",
    "thèmes populaires",
    /* Spanish */
    "temas", "temas relacionados", "etiquetas", "archivado en", "más temas",
    "etiquetas relacionadas", "temas populares", "temas del día",
    /* Portuguese */
    "assuntos relacionados", "tópicos relacionados", "assuntos", "tópicos",
    "mais sobre:", "tópicos populares", "assuntos populares",
    /* Italian */
    "argomenti", "temi", "argomenti correlati", "temi correlati",
    "argomenti popolari",
    /* Dutch */
    "onderwerpen", "gerelateerde onderwerpen", "meer over deze onderwerpen",
    "populaire onderwerpen",
    /* Nordic */
    "emner", "relaterte emner", "relaterede emner", "relaterade ämnen", "ämnen",
    "aiheet", "mer om emnene", "liittyvät aiheet", "populære emner",
    "populära ämnen", "suositut aiheet",
    /* Slavic */
    "tematy", "powiązane tematy", "popularne tematy", "témata",
    "související témata", "populární témata", "популярные темы",
    "популярні теми", "súvisiace témy", "темы", "теги", "связанные темы",
    "теми",
    /* other */
    "konular", "ilgili konular", "popüler konular", "népszerű témák",
    "etiketler", "címkék", "témák", "etichete", "θέματα", "キーワード",
    "関連キーワード", "関連トピック", "関連タグ", "関連テーマ", "タグ",
    "관련 키워드", "관련 태그", "키워드", "标签", "標籤", "关键词", "關鍵字",
    "מילות מפתח", "תגיות", "الكلمات المفتاحية", "الوسوم", "chủ đề",
    "topik terkait", "tag terkait"
};

static const char *const most[] = {
    /* English */
    "most read", "most viewed", "most popular", "most watched", "most shared",
    "most commented", "most discussed", "most clicked", "most visited",
    "most emailed", "most talked about", "most loved", "the most read",
    "the most popular", "today's most", "today’s most", "this week's most",
    "popular", "popular now", "popular articles", "trending",
    "trending stories", "trending news", "trending now", "now trending",
    "top reads", "top read", "best read", "what others are reading",
    "what readers are reading", "readers' favourites", "readers’ favourites",
    /* German */
    "meistgelesen*", "meist gelesen*", "die meistgelesenen",
    "am meisten gelesen", "das wird gelesen", "das wird gerade gelesen",
    "wird gerade gelesen", "viel gelesen", "häufig gelesen", "meistgesehen*",
    "meistgeklickt*", "meist geklickt", "meistkommentiert*", "meistdiskutiert*",
    "meistgeteilt*", "meistgesucht", "am beliebtesten", "beliebt",
    "beliebte artikel", "beliebteste*", "gerade beliebt", "top-artikel",
    "die beliebtesten",
    /* French */
    "les plus lus", "les + lus", "les plus lues", "les plus vus",
    "les plus vues", "les plus partagés", "les plus commentés",
    "les plus consultés", "les plus populaires", "les articles les plus",
    "articles les plus lus", "articles populaires", "le plus lu",
    "le plus populaire", "nos articles les plus",
    "les plus récents et les plus lus", "populaires", "tendances",
    /* Spanish */
    "lo más leído", "lo mas leido", "lo más visto", "lo mas visto",
    "lo más popular", "lo más comentado", "lo más compartido", "lo + leído",
    "lo + visto", "las más leídas", "los más leídos", "los más vistos",
    "las más vistas", "más leídas", "más leídos", "más leído", "más vistas",
    "más vistos", "más visto", "más populares", "más comentadas",
    "más comentados", "noticias más leídas", "noticias más vistas",
    "notas más leídas", "las noticias más", "tendencias", "populares",
    /* Italian */
    "i più letti", "più letti", "le più lette", "più lette", "i più visti",
    "più visti", "i più commentati", "più commentati", "i più condivisi",
    "più popolari", "i più popolari", "gli articoli più letti",
    "articoli più letti", "le notizie più lette",
    /* Portuguese */
    "mais lidas", "mais lidos", "as mais lidas", "os mais lidos", "mais vistas",
    "mais vistos", "mais acessadas", "mais acessados", "mais populares",
    "mais comentadas", "mais comentados", "notícias mais lidas",
    "artigos mais lidos", "em alta",
    /* Catalan, Galician, Basque */
    "el més llegit", "més llegit", "el més vist", "máis lidas", "o máis lido",
    "irakurrienak",
    /* Dutch */
    "meest gelezen", "meest bekeken", "meest besproken", "meest gedeeld",
    "best gelezen", "populair", "het meest gelezen",
    /* Norwegian, Danish, Swedish, Icelandic */
    "mest lest*", "mest leste", "mest læst*", "mest læste", "mest läst*",
    "mest lesið", "mest lesnar", "mest sett*", "mest sete", "mest sedda",
    "mest delt", "mest delade", "mest kommentert", "mest populær*",
    "mest populära", "populært", "populært nå", "populärt", "vinsælast",
    /* Finnish, Estonian */
    "luetuimmat", "katsotuimmat", "suosituimmat", "kommentoiduimmat",
    "loetumad", "enim loetud", "loetuimad", "populaarsed",
    /* Baltic */
    "skaitomiausi*", "populiariausi*", "lasītākie", "lasītākās", "populārākie",
    "populārākās",
    /* Polish */
    "najczęściej czytane", "najpopularniejsze", "najchętniej czytane",
    "najczęściej komentowane", "popularne", "najpopularniejsze artykuły",
    "najczęściej oglądane", "hity dnia",
    /* Czech, Slovak */
    "nejčtenější", "nejsledovanější", "nejpopulárnější", "nejkomentovanější",
    "najčítanejšie", "najsledovanejšie", "najpopulárnejšie",
    /* Hungarian */
    "legolvasottabb*", "legnézettebb*", "legnépszerűbb*",
    "legfrissebb és legolvasottabb", "top olvasott",
    /* Romanian */
    "cele mai citite", "cele mai populare", "cele mai vizualizate",
    "cele mai comentate",
    /* Croatian, Serbian, Slovenian */
    "najčitanije", "najgledanije", "najkomentiranije", "najbolj brano",
    "najpopularnije",
    /* Russian, Ukrainian, Bulgarian */
    "самое читаемое", "самые читаемые", "самое популярное", "самые популярные",
    "популярное", "популярные", "самое обсуждаемое", "самое просматриваемое",
    "найпопулярніше", "найпопулярніші", "популярне", "популярні", "найчитаніше",
    "найбільш читані", "най-четени", "най-четено", "най-популярни",
    /* Greek */
    "δημοφιλή", "τα πιο δημοφιλή", "πιο δημοφιλή", "τα δημοφιλέστερα",
    "δημοφιλέστερα", "τα πιο διαβασμένα", "πιο διαβασμένα",
    "τα περισσότερο διαβασμένα",
    /* Turkish */
    "en çok okunan*", "çok okunan*", "en çok tıklanan*", "en çok izlenen*",
    "en çok yorumlanan*", "en popüler", "popüler haberler", "popüler",
    "günün öne çıkan",
    /* Indonesian, Vietnamese */
    "terpopuler", "berita populer", "berita terpopuler", "paling populer",
    "paling banyak dibaca", "đọc nhiều", "tin đọc nhiều", "xem nhiều",
    "tin xem nhiều", "được quan tâm nhất",
    /* Japanese */
    "ランキング", "アクセスランキング", "ソーシャルランキング",
    "動画ランキング", "記事ランキング", "人気記事", "人気の記事",
    "人気ランキング", "よく読まれ", "いま読まれ", "今読まれ", "急上昇",
    /* Korean */
    "많이 본", "가장 많이 본", "많이 읽은", "가장 많이 읽은", "인기 뉴스",
    "인기뉴스", "인기 기사", "인기기사", "랭킹뉴스", "랭킹 뉴스", "주간 인기",
    "실시간 인기",
    /* Chinese */
    "熱門", "热门", "排行榜", "點閱排行", "点击排行", "阅读排行", "閱讀排行",
    "人氣", "人气", "最多人看", "最多閱讀", "最受歡迎", "最受欢迎", "熱門新聞",
    /* Arabic, Hebrew, Persian */
    "الأكثر قراءة", "الأكثر قراءه", "الأكثر مشاهدة", "الأكثر تداولا",
    "الأكثر شعبية", "أكثر المواد قراءة", "الاكثر قراءة", "الاكثر مشاهدة",
    "הנקראות ביותר", "הכי נקראות", "הכי נצפים", "הנצפים ביותר", "הפופולריות",
    "פופולרי", "پربازدیدترین", "پرخواننده‌ترین",
    "پربیننده‌ترین",
    /* Hindi, Afrikaans */
    "सबसे ज्यादा पढ़ी", "सबसे अधिक पढ़ी", "लोकप्रिय", "ट्रेंडिंग", "mees gelees*",
    "gewildste"
};

static const char *const related[] = {
    /* English */
    "more on this", "more about", "more on the story", "more in this series",
    "more from this series", "more coverage", "more background", "related",
    "read more", "read also", "also read", "also in this", "see also",
    "see more on", "further reading", "background reading",
    "background:", "learn more about", "similar stories", "similar articles",
    "our coverage of", "full coverage", "complete coverage",
    "story continues:", "in depth:", "more to read on", "previous coverage",
    "earlier coverage",
    /* German */
    "mehr zum thema", "mehr zu", "mehr zur", "mehr zum", "mehr über",
    "mehr dazu", "mehr infos zu", "mehr hintergründe", "lesen sie auch",
    "lesen sie mehr", "lesen sie dazu", "lesen sie hier", "lesen sie außerdem",
    "lies auch", "lies mehr", "lies dazu", "lest auch",
    "lesen sie weitere artikel zu", "zum weiterlesen", "verwandte artikel",
    "verwandte beiträge", "verwandte inhalte", "verwandte nachrichten",
    "ähnliche artikel", "ähnliche beiträge", "passend zum", "passende artikel",
    "passend dazu", "passend zu", "zum thema", "zum selben thema",
    "zum gleichen thema", "weitere artikel zum thema", "weitere informationen",
    "weiterführende artikel", "weiterführende links", "weitere berichte zum",
    "auch zum thema", "siehe auch", "hintergrund:", "hintergründe zum",
    "dazu auch", "außerdem zum thema",
    /* French */
    "à lire aussi", "a lire aussi", "lire aussi", "à lire également",
    "a lire également", "lire également", "à voir aussi", "voir aussi",
    "à écouter aussi", "sur le même sujet", "sur le même thème", "sur ce sujet",
    "dans le même dossier", "dans le même thème", "notre dossier",
    "pour aller plus loin", "pour en savoir plus", "en savoir plus",
    "articles liés", "articles associés", "articles similaires",
    "articles connexes", "contenus associés", "contenus liés", "à relire",
    "lire plus",
    /* Spanish */
    "más información", "más sobre", "más en este tema", "más noticias sobre",
    "noticia relacionada", "noticias relacionadas", "nota relacionada",
    "notas relacionadas", "relacionad*", "artículo relacionado",
    "artículos relacionados", "contenido relacionado",
    "contenidos relacionados", "lee también", "lea también", "leé también",
    "lee además", "lea además", "leer también", "leer más", "lee más",
    "lea más", "ver también", "vea también", "mira también", "mirá también",
    "te recomendamos leer", "sobre este tema", "para saber más",
    /* Italian */
    "leggi anche", "leggi pure", "leggi di più", "leggi tutto su",
    "leggi:", "articoli correlati", "articolo correlato", "notizie correlate",
    "correlati", "contenuti correlati", "per approfondire", "approfondisci",
    "sullo stesso argomento", "sullo stesso tema", "vedi anche", "guarda anche",
    "ascolta anche", "potrebbe interessarti anche:",
    /* Portuguese */
    "leia também", "leia mais", "leia ainda", "ler também", "ler mais sobre",
    "veja também", "veja mais", "ver também", "saiba mais",
    "notícias relacionadas", "matérias relacionadas", "artigos relacionados",
    "conteúdo relacionado", "conteúdos relacionados", "relacionadas",
    "relacionados", "sobre o mesmo tema", "confira também",
    /* Catalan, Galician, Basque */
    "llegeix també", "més informació", "notícies relacionades", "relacionats",
    "le tamén", "máis información", "irakurri ere",
    /* Dutch */
    "lees ook", "lees meer", "lees verder over", "meer over", "meer lezen over",
    "meer artikelen over", "gerelateerd*", "verwante artikelen",
    "verwant nieuws", "bekijk ook", "zie ook", "dossier:",
    /* Norwegian */
    "les også", "les mer om", "les mer:", "mer om", "relaterte saker",
    "relaterte artikler", "relatert", "relaterte", "se også", "flere saker om",
    /* Danish */
    "læs også", "læs mere om", "læs mere:", "mere om", "relaterede artikler",
    "relaterede nyheder", "relateret", "relaterede",
    /* Swedish */
    "läs också", "läs även", "läs mer om", "läs mer:", "läs mer",
    "mer om ämnet", "mer i ämnet", "relaterade artiklar", "relaterade nyheter",
    "relaterat", "relaterade", "se även", "fler artiklar om",
    /* Icelandic, Faroese */
    "tengdar fréttir", "tengt efni", "tengdar greinar", "lesa meira um",
    "sjá einnig", "lesið eisini",
    /* Finnish, Estonian */
    "lue myös", "lue lisää", "aiheesta", "aiheesta lisää",
    "aiheeseen liittyvä*", "katso myös", "lisää aiheesta", "loe ka",
    "loe lisaks", "seotud", "seotud lood", "vaata ka",
    /* Baltic */
    "taip pat skaitykite", "susiję straipsniai", "susijusios naujienos",
    "susiję", "skaitykite taip pat", "skaityti daugiau", "lasi arī", "lasi vēl",
    "saistītie raksti", "saistītās ziņas",
    /* Polish */
    "czytaj też", "czytaj także", "czytaj również", "czytaj więcej",
    "zobacz też", "zobacz także", "zobacz również", "przeczytaj też",
    "przeczytaj także", "przeczytaj również", "sprawdź też", "powiązane",
    "podobne artykuły", "podobne tematy", "więcej na ten temat", "więcej o",
    "na ten temat", "dowiedz się więcej",
    /* Czech, Slovak */
    "čtěte také", "čtěte též", "čtěte i", "přečtěte si také", "přečtěte si",
    "související", "související články", "k tématu", "více k tématu",
    "více o tématu", "podobné články", "čítajte aj", "čítajte tiež",
    "prečítajte si aj", "prečítajte si", "súvisiace", "súvisiace články",
    "k téme", "viac k téme",
    /* Hungarian */
    "kapcsolódó", "olvassa el", "olvasd el", "olvassa még",
    "további cikkek a témában", "a témában", "ezt is olvassa", "lásd még",
    "a témáról",
    /* Romanian */
    "citește și", "citeşte şi", "citiți și", "citește mai mult",
    "articole similare", "articole asemănătoare", "articole conexe",
    "știri similare", "pe aceeași temă", "pe aceeaşi temă", "vezi și",
    "vezi şi",
    /* Croatian, Serbian, Slovenian */
    "pročitajte još", "pročitajte i", "pročitaj i", "čitaj još", "čitajte još",
    "povezane vijesti", "povezane vesti", "povezani članci", "povezano",
    "vezane vijesti", "više o temi", "preberite tudi", "preberite še",
    "povezane novice", "sorodne novice",
    /* Russian */
    "читайте также", "читать также", "смотрите также", "по теме",
    "материалы по теме", "еще по теме", "ещё по теме", "статьи по теме",
    "новости по теме", "похожие материалы", "похожие статьи", "похожие новости",
    "подробнее по теме", "в тему", "связанные материалы",
    /* Ukrainian */
    "читайте також", "читати також", "дивіться також", "по темі", "за темою",
    "матеріали по темі", "матеріали за темою", "новини по темі",
    "новини за темою", "схожі новини", "схожі матеріали",
    "вас може зацікавити за темою",
    /* Bulgarian */
    "прочетете още", "още по темата", "по темата", "свързани статии",
    "свързани новини", "вижте още", "вижте и",
    /* Greek */
    "διαβάστε επίσης", "διαβάστε ακόμη", "διαβάστε ακόμα",
    "διαβάστε περισσότερα", "σχετικά άρθρα", "σχετικές ειδήσεις", "σχετικά",
    "δείτε επίσης", "δείτε ακόμη",
    /* Turkish */
    "benzer haberler", "ilgili haberler", "ilişkili haberler", "ilgili haber",
    "bunu da okuyun", "ayrıca okuyun", "konuyla ilgili", "daha fazla oku",
    "bağlantılı haberler",
    /* Indonesian, Malay, Vietnamese, Filipino */
    "baca juga", "baca selengkapnya", "berita terkait", "artikel terkait",
    "simak juga", "lihat juga", "tin liên quan", "bài liên quan", "xem thêm",
    "đọc thêm", "tin cùng chủ đề", "basahin din",
    /* Japanese */
    "関連記事", "関連ニュース", "関連する記事", "関連リンク", "関連情報",
    "関連の記事", "関連画像", "関連動画", "関連する", "あわせて読みたい",
    "併せて読みたい", "合わせて読みたい", "この記事に関連", "この記事の関連",
    "こちらもどうぞ",
    /* Korean */
    "관련 기사", "관련기사", "관련 뉴스", "관련뉴스", "이 기사와 관련",
    "연관 기사", "연관기사", "이어지는 기사", "관련 글",
    /* Chinese */
    "相关", "相關", "延伸閱讀", "延伸阅读", "相關新聞", "相关新闻", "更多相關",
    "更多相关", "同場加映",
    /* Arabic, Hebrew, Persian, Hindi */
    "اقرأ أيضا", "اقرأ أيضًا", "اقرأ أيضاً", "إقرأ أيضا", "إقرأ أيضاً",
    "اقرأ المزيد", "مواضيع ذات صلة", "أخبار ذات صلة", "مقالات ذات صلة",
    "ذات صلة", "شاهد أيضا", "موضوعات متعلقة", "قد يهمك أيضا حول", "קראו גם",
    "קראו עוד", "קרא גם", "כתבות קשורות", "כתבות נוספות בנושא", "עוד בנושא",
    "ראו גם", "بیشتر بخوانید", "مطالب مرتبط", "اخبار مرتبط", "यह भी पढ़ें",
    "ये भी पढ़ें", "इसे भी पढ़ें", "संबंधित खबरें", "इन्हें भी पढ़ें",
    /* Afrikaans */
    "meer hieroor", "verwante stories"
};

static const char *const recommended[] = {
    /* English */
    "you may", "you might", "you'll like", "you’ll like", "you will like",
    "read next", "next read", "up next", "what to read next",
    "what to watch next", "keep reading", "continue reading", "recommended",
    "recommended for you", "we recommend", "our recommendations", "suggested",
    "suggestions", "picked for you", "selected for you", "for you", "more from",
    "more for you", "more in", "more stories you", "more great",
    "read more stories", "more like this", "also interesting", "don't miss",
    "don’t miss", "readers also", "people also", "others also read",
    "discover more", "discover",
    /* German */
    "das könnte sie", "das könnte dich", "das könnte euch", "das könnte ihnen",
    "das könnte auch", "könnte sie auch", "auch interessant", "auch spannend",
    "interessant für sie", "weiterlesen", "unsere empfehlung*", "empfohlen*",
    "empfehlung*", "die redaktion empfiehlt", "leseempfehlung*",
    "lese-empfehlung*", "lesetipp*", "mehr aus", "mehr von", "mehr in",
    "mehr für sie", "für sie ausgewählt", "für sie empfohlen", "vorgeschlagene",
    "nicht verpassen", "lesenswert", "andere leser",
    /* French */
    "vous aimerez", "vous pourriez", "cela pourrait vous", "ça pourrait vous",
    "pourrait vous intéresser", "à découvrir", "à ne pas manquer",
    "à lire ensuite", "lire la suite", "recommandé*", "nos recommandations",
    "notre sélection pour vous", "nous vous recommandons",
    "nos lecteurs ont aussi lu", "plus d'articles de", "plus de",
    /* Spanish */
    "te puede interesar", "te podría interesar", "te pueden interesar",
    "le puede interesar", "le puede gustar", "también te puede",
    "también le puede", "te puede gustar", "puede interesarte",
    "quizás te interese", "te recomendamos", "le recomendamos", "recomendad*",
    "recomendaciones", "recomendamos", "no te pierdas", "más de",
    "sigue leyendo", "seguir leyendo", "te sugerimos",
    /* Italian */
    "potrebbe interessarti", "potrebbero interessarti",
    "ti potrebbe interessare", "ti potrebbero interessare",
    "ti può interessare", "raccomandat*", "consigliat*", "consigliati per te",
    "i consigli", "da non perdere", "altri articoli", "continua a leggere",
    "altre notizie di",
    /* Portuguese */
    "você pode gostar", "você também pode", "pode gostar", "poderá gostar",
    "recomendações", "para você", "não perca", "sugestões", "sugerimos",
    "continue lendo", "mais de",
    /* Dutch */
    "misschien ook interessant", "dit vind je misschien ook", "ook interessant",
    "aanbevolen", "aanraders", "voor jou", "mis het niet", "meer van",
    "meer uit", "verder lezen", "anderen lazen ook",
    /* Norwegian, Danish, Swedish */
    "anbefalt*", "anbefaler", "anbefalet", "vi anbefaler", "andre leser",
    "andre læser", "andre läser", "du vil kanskje", "kanskje du også",
    "måske vil du også", "du kan også", "læs videre", "mer fra", "mere fra",
    "mer från", "rekommenderat", "rekommenderad*", "vi rekommenderar",
    "läs vidare", "missa inte", "ikke gå glipp",
    /* Finnish, Estonian, Baltic */
    "suositteleme*", "suositeltu*", "suosittelemme", "sinua voisi kiinnostaa",
    "lisää osiosta", "soovitame", "soovitatud", "rekomenduojam*",
    "jums gali patikti", "iesakām",
    /* Polish */
    "polecamy", "polecane", "polecany*", "może cię zainteresować",
    "może zainteresować cię", "zainteresuje cię", "to cię zainteresuje",
    "warto przeczytać", "nie przegap", "więcej z",
    /* Czech, Slovak */
    "mohlo by vás zajímat", "mohlo by vás zaujímať", "mohlo by sa vám páčiť",
    "mohlo by vás", "doporučujeme", "doporučené", "doporučované", "doporučuje",
    "odporúčame", "odporúčané", "nenechte si ujít", "neprehliadnite",
    "nepřehlédněte", "další články", "více z",
    /* Hungarian */
    "ajánlj*", "ajánló", "ajánlatunk", "ajánlott", "neked ajánljuk",
    "önnek ajánljuk", "ez is érdekel*", "ezek is érdekel*", "érdekelhet*",
    "ne hagyja ki",
    /* Romanian */
    "te-ar putea interesa", "te poate interesa", "s-ar putea să-ți placă",
    "recomand*", "recomandate", "recomandări", "nu rata",
    /* Croatian, Serbian, Slovenian */
    "moglo bi vas zanimati", "preporučujemo", "preporučeno", "ne propustite",
    "priporočamo", "morda vas zanima",
    /* Russian, Ukrainian, Bulgarian */
    "вам может", "вам будет интересно", "может быть интересно", "рекомендуем",
    "рекомендуемое", "рекомендации", "не пропустите", "вас може", "вам може",
    "вам буде цікаво", "рекомендуємо", "рекомендовані", "препоръчани",
    "препоръчваме",
    /* Greek, Turkish */
    "μπορεί να σας", "ίσως σας", "προτεινόμενα", "προτείνουμε",
    "σας προτείνουμε", "μη χάσετε", "ilginizi çekebilir", "bunlar da ilginizi",
    "bunlar ilginizi", "ilgini çekebilir", "önerilen*", "sizin için",
    "sıradaki haber", "kaçırmayın",
    /* Asian */
    "rekomendasi", "rekomendasi untuk", "pilihan untuk", "anda mungkin",
    "có thể bạn", "đề xuất", "gợi ý", "こちらもおすすめ", "おすすめ",
    "あなたにおすすめ", "オススメ", "ピックアップ", "次に読む", "추천",
    "추천 기사", "추천기사", "추천 뉴스", "당신이 좋아할", "이런 기사",
    "함께 보면", "推薦", "推荐", "猜你喜欢", "猜你喜歡", "你可能", "您可能",
    "為你推薦", "为你推荐", "编辑推荐", "編輯推薦",
    /* Arabic, Hebrew, Persian, Hindi */
    "قد يعجبك", "قد يهمك", "ربما يعجبك", "موصى به", "نوصي", "اخترنا لك",
    "נבחרו עבורך", "מומלצים", "מומלץ", "אולי יעניין", "עוד שיעניין", "پیشنهاد",
    "अनुशंसित", "आपको पसंद"
};

static const char *const other[] = {
    /* English */
    "latest", "the latest", "top stories", "top news", "top headlines",
    "top videos", "more news", "more stories", "more headlines",
    "more top stories", "more videos", "more to explore", "headlines", "news",
    "recent", "recent posts", "most recent", "newest", "just in", "breaking",
    "breaking news", "editor's", "editors'", "editor’s", "editors’",
    "editorial picks", "in case you missed", "featured", "featured stories",
    "in the news", "today's top", "from the homepage", "from our partners",
    "watch", "videos", "photos", "galleries", "podcasts", "next article",
    "previous article",
    /* German */
    "neueste*", "neuste*", "das neueste", "aktuelle*", "aktuell",
    "schlagzeilen", "topmeldungen", "top-meldungen", "top-themen des tages",
    "weitere themen", "weitere meldungen", "weitere nachrichten",
    "weitere artikel", "nachrichten aus", "unsere auswahl", "bilderserien",
    "kommentare", "auf der startseite", "aus dem ressort",
    /* French */
    "à la une", "en continu", "en direct", "dernières actualités",
    "dernières nouvelles", "les dernières", "les derniers articles",
    "derniers articles", "toute l'actualité", "nos vidéos", "l'essentiel",
    /* Spanish, Catalan */
    "últimas noticias", "última hora", "lo último", "ahora en portada",
    "en portada", "portada", "más noticias", "otras noticias", "destacad*",
    "últimes notícies", "darreres notícies",
    /* Italian, Portuguese, Romanian */
    "ultime notizie", "ultimi articoli", "ultim'ora", "in evidenza",
    "primo piano", "le ultime", "últimas", "últimas notícias", "destaques",
    "mais notícias", "outras notícias", "ultimele știri", "cele mai noi",
    "ultima oră",
    /* Germanic */
    "laatste nieuws", "het laatste", "net binnen", "meer nieuws", "siste nytt",
    "siste saker", "siste", "nyeste", "seneste nyt", "seneste", "senaste nytt",
    "senaste", "nyheter", "nýjast", "nýjustu", "jongste nuus",
    /* Finnic, Baltic, Hungarian */
    "uusimmat", "tuoreimmat", "viimeisimmät", "viimased", "uusimad",
    "naujausi*", "jaunākās", "jaunākie", "legfrissebb", "friss hírek", "friss",
    /* Slavic */
    "najnowsze", "ostatnio dodane", "aktualności", "nejnovější", "aktuálně",
    "hlavní zprávy", "nejnovější zprávy", "najnovšie", "najnovije",
    "zadnje novice", "последние новости", "последнее", "новости дня",
    "главные новости", "главное", "останні новини", "останні", "новини дня",
    "головне", "последни новини",
    /* Greek, Turkish */
    "τελευταία νέα", "τελευταίες ειδήσεις", "ροή ειδήσεων", "son dakika",
    "son haberler", "en son", "en yeni", "manşetler", "günün haberleri",
    /* Asian */
    "berita terbaru", "terbaru", "terkini", "tin mới", "mới nhất", "速報",
    "新着", "最新", "トップニュース", "主要ニュース", "注目", "特集", "최신",
    "실시간", "주요 뉴스", "주요뉴스", "최신기사", "最新消息", "最新新聞",
    "即時", "即時新聞", "滚动新闻", "今日头条", "頭條", "आज की", "ताज़ा",
    /* Arabic, Hebrew */
    "آخر الأخبار", "أحدث الأخبار", "أخبار عاجلة", "الأخبار", "חדשות", "מבזקים",
    "עדכונים אחרונים"
};

static const char *const advertisement[] = {
    /* all */
    "stellenmarkt",
    "stellenangebote",
    "jobs",
    "advertisement",
    "advertorial",
    "advertiser content",
    "sponsored",
    "sponsored content",
    "sponsored by",
    "paid content",
    "paid post",
    "paid for by",
    "promoted",
    "promoted content",
    "from around the web",
    "around the web",
    "from the web",
    "partner content",
    "branded content",
    "in partnership with",
    "anzeige",
    "anzeigen",
    "werbung",
    "verlagsangebot",
    "mehr aus dem web",
    "aus dem netz",
    "publicité",
    "sponsorisé",
    "contenu sponsorisé",
    "publicidad",
    "contenido patrocinado",
    "patrocinad*",
    "contenido de marca",
    "especial publicidad",
    "publicidade",
    "conteúdo patrocinado",
    "pubblicità",
    "contenuto sponsorizzato",
    "sponsorizzato",
    "advertentie",
    "gesponsord*",
    "annonse",
    "annonsørinnhold",
    "annonce",
    "annoncørbetalt",
    "annons",
    "sponsrad*",
    "mainos",
    "kaupallinen yhteistyö",
    "reklama",
    "materiał promocyjny",
    "materiał sponsorowany",
    "artykuł sponsorowany",
    "komerční sdělení",
    "inzerce",
    "reklám",
    "hirdetés",
    "szponzorált",
    "publicitate",
    "реклама",
    "партнерский материал",
    "на правах рекламы",
    "партнерський матеріал",
    "διαφήμιση",
    "ilan",
    "reklam",
    "sponsorlu",
    "iklan",
    "quảng cáo",
    "広告",
    "스폰서",
    "광고",
    "廣告",
    "广告",
    "赞助",
    "贊助",
    "إعلان",
    "ממומן",
    "תוכן שיווקי",
    "تبلیغات"
};

#define WORDS(class, words)                              \
    {                                                    \
        class, words, sizeof(words) / sizeof((words)[0]) \
    }
const struct stet_heading_words stet_heading_words[STET_N_HEADING_WORDS] = {
    WORDS(STET_BLOCK_TOPIC, topics),
    WORDS(STET_BLOCK_MOST, most),
    WORDS(STET_BLOCK_RELATED, related),
    WORDS(STET_BLOCK_RECOMMENDED, recommended),
    WORDS(STET_BLOCK_OTHER, other),
    WORDS(STET_BLOCK_AD, advertisement)
};
