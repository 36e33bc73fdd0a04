#ifndef STET_URL_SESSION_H
#define STET_URL_SESSION_H

#include "base/buf.h"

/*
 * Takes out the session ids that the Internet Archive's canonicaliser
 * knows: ASP.NET's "(…)" segments before an .aspx page; jsessionid,
 * phpsessid, sid, ASPSESSIONID… and cfid with cftoken in a query.
 */
void stet_session_strip_path(struct stet_buf *path);
void stet_session_strip_query(struct stet_buf *query);

#endif
