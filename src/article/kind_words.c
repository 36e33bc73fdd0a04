#include "article/kind_words.h"

#include <pthread.h>

static const char robot_words[] =
    /* en */
    "just a moment|attention required|checking your browser|checking if the "
    "site connection is secure|you are human|you re human|you are a human|"
    "are you human|you are not a robot|you re not a robot|i m not a robot|are "
    "you a robot|robot check|human verification|bot verification|security "
    "check|pardon our interruption|unusual traffic|unusual activity|ddos "
    "protection|enable js and disable any ad blocker|enable javascript and "
    "cookies to continue|complete the captcha|solve the captcha|press hold|"
    "press and hold|"
    /* de, nl */
    "sind sie ein mensch|bist du ein mensch|ein mensch sind|kein roboter|"
    "sicherheitsprüfung|browser wird überprüft|ungewöhnlichen datenverkehr|"
    "ben je een mens|bent u een mens|geen robot|beveiligingscontrole|"
    /* fr, es, it, pt */
    "êtes vous un robot|êtes pas un robot|suis pas un robot|vous êtes humain|"
    "vérification de sécurité|trafic inhabituel|no eres un robot|no es un "
    "robot|no soy un robot|que eres humano|que es humano|comprobación de "
    "seguridad|tráfico inusual|non sei un robot|non sono un robot|di essere "
    "umano|controllo di sicurezza|não é um robô|não sou um robô|que é humano|"
    "verificação de segurança|"
    /* sv, no, da, fi */
    "inte är en robot|ikke er en robot|är människa|er menneske|et ole "
    "robotti|"
    /* pl, cs, hu, ro, tr, el */
    "nie jesteś robotem|jesteś człowiekiem|nejste robot|nejsem robot|nem "
    "robot|nu sunteți robot|robot olmadığınızı|insan olduğunuzu|δεν είστε "
    "ρομπότ|"
    /* ru, uk */
    "вы не робот|вы человек|проверка браузера|ви не робот|ви людина|"
    /* ja, ko, zh, ar, he */
    "ロボットではありません|人間であることを確認|로봇이 아닙니다|사람인지 "
    "확인|不是机器人|不是機器人|您是真人|安全验证|安全驗證|人机验证|لست "
    "روبوت*|أنك إنسان|אינך רובוט|אני לא רובוט";

static const char error_words[] =
    /* en */
    "404|page not found|not found|can t be found|cannot be found|could not be "
    "found|couldn t find|could not find|can t find|cannot find|no longer "
    "available|page doesn t exist|page does not exist|page isn t available|"
    "page unavailable|content unavailable|something went wrong|internal "
    "server error|server error|service unavailable|temporarily unavailable|"
    "bad gateway|gateway timeout|gateway time out|access denied|forbidden|"
    "bad request|too many requests|410 gone|unavailable for legal reasons|"
    /* de, nl */
    "nicht gefunden|nicht mehr verfügbar|nicht verfügbar|existiert nicht|"
    "zugriff verweigert|wartungsarbeiten|niet gevonden|bestaat niet|niet "
    "beschikbaar|toegang geweigerd|"
    /* fr, es, it, pt */
    "page introuvable|n existe pas|n existe plus|page non trouvée|n a pas été "
    "trouvée|accès refusé|erreur 404|erreur 500|no encontrada|no encontrado|"
    "no existe|acceso denegado|error 404|error 500|error 503|pagina non "
    "trovata|non trovata|non esiste|accesso negato|errore 404|não encontrada|"
    "não encontrado|não existe|acesso negado|erro 404|"
    /* sv, no, da, fi */
    "hittades inte|finns inte|kunde inte hittas|ikke funnet|finnes ikke|ble "
    "ikke funnet|ikkje funnen|findes ikke|blev ikke fundet|ikke fundet|ei "
    "löydy|ei löytynyt|"
    /* pl, cs, hu, ro, tr, el */
    "nie znaleziono|nie została znaleziona|nie istnieje|nenalezena|nebyla "
    "nalezena|neexistuje|nem található|nem létezik|nu a fost găsită|nu "
    "există|bulunamadı|δεν βρέθηκε|"
    /* ru, uk */
    "не найдена|не найдено|не существует|доступ запрещен|не знайдена|не "
    "знайдено|не існує|"
    /* ja, ko, zh, ar, he */
    "見つかりません|見つかりませんでした|찾을 수 없습니다|찾을 수 없|존재하지 "
    "않|页面不存在|頁面不存在|找不到|غير موجودة|لم يتم العثور|לא נמצא|לא נמצאה";

static const char consent_words[] =
    "cookie*|cookies|consent|privacy|personal data|our partners|third "
    "parties|tracking|legitimate interest|advertis*|personalised|personalized|"
    "datenschutz*|einwilligung*|zustimm*|einverstanden|personenbezogene*|"
    "partner*|drittanbieter*|werbung|tracker|toestemming|persoonsgegevens|"
    "consentement|vie privée|confidentialité|données personnelles|partenaires|"
    "traceurs|consentimiento|privacidad|datos personales|socios|consenso|dati "
    "personali|consentimento|dados pessoais|parceiros|samtycke|"
    "personuppgifter|samtykke|personvern|personopplysninger|partnere|"
    "suostumus*|evästei*|henkilötieto*|zgod*|ciastecz*|prywatnoś*|partner*|"
    "souhlas*|soukrom*|hozzájárul*|süti*|consimțământ*|çerez*|gizlilik|"
    "συγκατάθεση*|απόρρητο*|файл* cookie|согласи*|конфиденциальност*|згод*|"
    "クッキー|同意|プライバシー|쿠키|동의|개인정보|隐私|隱私|ملفات تعريف|"
    "موافق*|הסכמה|פרטיות|עוגיות";

static const char accept_words[] =
    "accept*|agree|i agree|got it|allow all|consent|reject*|continue without|"
    "manage|akzeptier*|zustimm*|einverstanden|ablehnen|accepter|j accepte|"
    "refuser|continuer sans|aceptar|acepto|rechazar|accett*|rifiuta|aceitar|"
    "aceito|rejeitar|accepteren|akkoord|weigeren|godkänn*|acceptera|avvisa|"
    "godta|godkjenn|aksepter|avvis|acceptér|accepter|afvis|hyväksy*|hylkää|"
    "akceptuj*|zgadzam|odrzuć|přijmout|souhlasím|odmítnout|elfogad*|elutasít*|"
    "accept|sunt de acord|kabul|reddet|αποδοχή|συμφωνώ|принять|согласен|"
    "принимаю|прийняти|погоджуюсь|同意する|許可|동의|수락|接受|同意|قبول|"
    "أوافق|מסכים|אישור";

static const char wall_words[] =
    /* en */
    "subscribe to continue|subscribe to read|subscribe to keep|to continue "
    "reading|continue reading with|continue reading your article|keep reading "
    "with|to read the full|to read this article|to read the rest|unlock this "
    "article|to unlock|for subscribers only|subscriber only|subscribers only|"
    "subscriber exclusive|already a subscriber|already have a subscription|"
    "sign in to read|log in to read|want to read more|"
    "exclusive to subscribers|reserved for subscribers|"
    "available to subscribers|"
    /* de, nl */
    "weiterlesen mit|jetzt weiterlesen|um weiterzulesen|zum weiterlesen|"
    "artikel weiterlesen|artikel freischalten|nur für abonnenten|exklusiv für "
    "abonnenten|bereits abonnent|schon abonnent|sie sind bereits "
    "abonnent|plus artikel|lesen sie diesen artikel mit|jetzt "
    "testen|verder lezen|lees verder met|al abonnee|alleen voor abonnees|"
    /* fr, es, it, pt */
    "réservé aux abonnés|réservé à nos abonnés|reste à lire|il vous reste|"
    "lire la suite|déjà abonné|déjà abonnée|accéder à "
    "l intégralité|para seguir leyendo|sigue leyendo con|suscríbete para|"
    "solo para suscriptores|exclusivo para suscriptores|contenido exclusivo|"
    "ya eres suscriptor|ya soy suscriptor|per continuare a leggere|contenuto "
    "riservato|riservato agli abbonati|sei già abbonato|abbonati per|para "
    "continuar a ler|continuar lendo|exclusivo para assinantes|já é "
    "assinante|"
    /* sv, no, da, fi */
    "läs vidare|för att läsa vidare|redan prenumerant|endast för "
    "prenumeranter|les videre|lese videre|for abonnenter|allerede abonnent|"
    "er du abonnent|læs videre|læse videre|kun for abonnenter|lue koko|"
    "tilaajille|jatka lukemista|"
    /* pl, cs, hu, ro, tr, el */
    "aby czytać dalej|dla prenumeratorów|czytaj dalej w|jesteś prenumeratorem|"
    "pro předplatitele|předplaťte si|jen pro předplatitele|előfizetőknek|"
    "előfizetőink|a továbbolvasáshoz|pentru abonați|abonelere özel|συνδρομητές|"
    /* ru, uk, lt */
    "для подписчиков|оформите подписку|для передплатників|оформіть "
    "передплату|prenumeratoriams|"
    /* ja, ko, zh, ar, he */
    "有料会員|会員限定|有料記事|この記事は有料|続きを読むには||구독자 "
    "전용|구독하시면|订阅后|訂閱|付费内容|付費內容|للمشتركين|למנויים";

/* Of scripts, frames, forms and ids on pages that ask for a person. */
const char *const stet_kind_robot_marks[] = { "cdn-cgi/challenge-platform",
                                              "__cf_chl",
                                              "cf-challenge",
                                              "challenges.cloudflare.com",
                                              "captcha-delivery.com",
                                              "px-captcha",
                                              "_incapsula_resource",
                                              "awswaf.com",
                                              "aws-waf",
                                              "awswafintegration",
                                              "hcaptcha",
                                              "recaptcha",
                                              "ddos-guard",
                                              "friendly-captcha",
                                              "frc-captcha",
                                              "geo.captcha",
                                              "akam-sw",
                                              "sec-if-cpt",
                                              "captcha-container",
                                              NULL };

/* Of the boxes that end a story for those who do not pay. */
const char *const stet_kind_wall_marks[] = { "paywall",
                                             "pay-wall",
                                             "piano-offer",
                                             "regwall",
                                             "registration-wall",
                                             "subscribe-wall",
                                             "subscription-wall",
                                             "paid-content-wall",
                                             "offer-wall",
                                             "premium-wall",
                                             "content-gate",
                                             "article-gate",
                                             "abo-wall",
                                             "abobox",
                                             NULL };

static struct stet_phrases lists[STET_N_KIND_LISTS];

static void prepare(void)
{
    stet_phrases_init(&lists[STET_KIND_ROBOT], robot_words);
    stet_phrases_init(&lists[STET_KIND_ERROR], error_words);
    stet_phrases_init(&lists[STET_KIND_CONSENT], consent_words);
    stet_phrases_init(&lists[STET_KIND_ACCEPT], accept_words);
    stet_phrases_init(&lists[STET_KIND_WALL], wall_words);
}

const struct stet_phrases *stet_kind_phrases(enum stet_kind_list which)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;

    pthread_once(&once, prepare);
    return &lists[which];
}
