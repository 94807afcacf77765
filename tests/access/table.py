"""Who may open which page and make which call: every address × everyone, as one table.

A row is a method, the name of a page (with the verb after a colon, where a page has one for each) or the path of a
call under `/api/v1/`, and the situation of the matter it is about: the matters of `scene`, `unknown` for one nobody
has, `-` where it is about none. What acts is sent a content that anyone who may would be let through with.

Columns: someone without account or matter, the petitioner who has opened the matter (or sends its query code),
another petitioner, and the twelve accounts of the contract. `handler` and `head` are of the unit that holds the
matter, `hnd2` (handler2) of another one, `clrk` sits at the same unit's terminal.

    ok    the page, or the answer of a call        in   asked to sign in
    done  done, and on to the next page            code asked for number and query code
    on    led on to another page                   403  no right
    404   not there, or not theirs to know         401  no token       410  taken down, with the reason
    409  not now, or not by them: a rule's no, with its sentence
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .areas import AREAS

API = "api/v1/"
WHO = (
    *("anyone", "mine", "other"),
    *("clerk", "handler", "head", "handler2", "office", "member"),
    *("publisher", "leader", "inspector", "sysadmin", "secadmin", "auditor"),
)

PAGES = """
# The petitioner's pages: anyone may register; a matter opens with its number and query code
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  home                                      -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  coded_report                              -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  register                                  -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST register                                  -                done done done   done done done done done done done done done done done done
GET  register_check                            -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST register_check                            -                done done done   done done done done done done done done done done done done
GET  register_done                             -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  track                                     -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST track                                     -                done done done   done done done done done done done done done done done done
GET  matter                                    assigned         code   ok code   code code code code code code code code code code code code
GET  matter                                    unknown          code code code   code code code code code code code code code code code code
GET  matter_verdict                            completed          on   on   on     on   on   on   on   on   on   on   on   on   on   on   on
POST matter_verdict                            completed        code done code   code code code code code code code code code code code code
POST matter_verdict                            unknown          code code code   code code code code code code code code code code code code
GET  matter_addition                           handling         code   ok code   code code code code code code code code code code code code
POST matter_addition                           handling         code done code   code code code code code code code code code code code code
POST matter_addition                           unknown          code code code   code code code code code code code code code code code code
GET  matter_withdrawal                         handling         code   ok code   code code code code code code code code code code code code
POST matter_withdrawal                         handling         code done code   code code code code code code code code code code code code
POST matter_withdrawal                         unknown          code code code   code code code code code code code code code code code code
GET  attachment                                handling          404   ok  404    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  attachment                                unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404

# What is open to everyone
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  public                                    -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  public_matter                             published          ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  public_matter                             taken-down        410  410  410    410  410  410  410  410  410  410  410  410  410  410  410
GET  public_matter                             closed            404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  public_matter                             unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  catalogue                                 -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  standard                                  -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  standard                                  unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  statistics                                -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok

# Signing in and out
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  sign_in                                   -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST sign_in                                   -                done done done   done done done done done done done done done done done done
GET  sign_out                                  -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST sign_out                                  -                done done done   done done done done done done done done done done done done

# The counter of the terminals
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  counter                                   -                  in   in   in     ok  403  403  403  403  403  403  403  403  403  403  403
POST counter                                   -                  in   in   in   done  403  403  403  403  403  403  403  403  403  403  403
GET  counter_check                             -                  in   in   in     ok  403  403  403  403  403  403  403  403  403  403  403
POST counter_check                             -                  in   in   in   done  403  403  403  403  403  403  403  403  403  403  403
GET  counter_done                              -                  in   in   in     ok  403  403  403  403  403  403  403  403  403  403  403
POST counter_done                              -                  in   in   in   done  403  403  403  403  403  403  403  403  403  403  403

# The desk: one's list, one's matters, and a page for every verb
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk                                      -                  in   in   in     on   ok   ok   ok   on   on   on   on   on   on   on   on
GET  desk_matter                               registered         in   in   in    403  404  404  404   ok   ok  403   ok  403  403  403  403
GET  desk_matter                               assigned           in   in   in    403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk_matter                               closed             in   in   in    403   ok   ok  404   ok   ok  403   ok  403  403  403  403
GET  desk_matter                               unknown            in   in   in    403  404  404  404  404  404  403  404  403  403  403  403
GET  desk_contact                              assigned           in   in   in    403   ok   ok  404   ok  403  403  403  403  403  403  403
POST desk_contact                              assigned           in   in   in    403   ok   ok  404   ok  403  403  403  403  403  403  403
GET  desk_contact                              confidential       in   in   in    403  403  403  404   ok  403  403  403  403  403  403  403
POST desk_contact                              confidential       in   in   in    403  403  403  404   ok  403  403  403  403  403  403  403
GET  reports                                   -                  in   in   in    403  403  403  403  403  403  403  403   ok  403  403  403
GET  desk_act:acceptance                       assigned           in   in   in    403   ok   ok  404   on  403  403   on  403  403  403  403
POST desk_act:acceptance                       assigned           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:completion                       handling           in   in   in    403   ok   ok  404   on  403  403   on  403  403  403  403
POST desk_act:completion                       handling           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:progress                         handling           in   in   in    403   ok   ok  404   on  403  403   on  403  403  403  403
POST desk_act:progress                         handling           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:return-signature                 return-asked       in   in   in    403   on   ok  404   on  403  403   on  403  403  403  403
POST desk_act:return-signature                 return-asked       in   in   in    403  403 done  404  403  403  403  403  403  403  403  403
GET  desk_act:extension-signature              extension-asked    in   in   in    403   on   ok  404   on  403  403   on  403  403  403  403
POST desk_act:extension-signature              extension-asked    in   in   in    403  403 done  404  403  403  403  403  403  403  403  403
GET  desk_act:return-request                   assigned           in   in   in    403   ok   ok  404   on  403  403   on  403  403  403  403
POST desk_act:return-request                   assigned           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:extension-request                handling           in   in   in    403   ok   ok  404   on  403  403   on  403  403  403  403
POST desk_act:extension-request                handling           in   in   in    403 done done  404  403  403  403  403  403  403  403  403
GET  desk_act:handler                          assigned           in   in   in    403   on   ok  404   on  403  403   on  403  403  403  403
POST desk_act:handler                          assigned           in   in   in    403  403 done  404  403  403  403  403  403  403  403  403
GET  desk_act:assignment                       registered         in   in   in    403  404  404  404   ok  403  403   on  403  403  403  403
POST desk_act:assignment                       registered         in   in   in    403  404  404  404 done  403  403  403  403  403  403  403
GET  desk_act:return-ruling                    return-asked       in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:return-ruling                    return-asked       in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:extension-ruling                 extension-asked    in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:extension-ruling                 extension-asked    in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:callback                         silent             in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:callback                         silent             in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:unrated-closure                  called             in   in   in    403   on   on  404   ok  403  403   on  403  403  403  403
POST desk_act:unrated-closure                  called             in   in   in    403  403  403  404 done  403  403  403  403  403  403  403
GET  desk_act:verdict                          directive          in   in   in    403   on   on  404   on  403  403   ok  403  403  403  403
POST desk_act:verdict                          directive          in   in   in    403  403  403  404  403  403  403 done  403  403  403  403
GET  desk_act:verdict                          completed          in   in   in    403   on   on  404   on  403  403   on  403  403  403  403
POST desk_act:verdict                          completed          in   in   in    403  403  403  404  403  403  403  403  403  403  403  403
GET  desk_act:nothing                          assigned           in   in   in    403  404  404  404  404  403  403  404  403  403  403  403
POST desk_act:nothing                          assigned           in   in   in    403  404  404  404  404  403  403  404  403  403  403  403
POST desk_act:acceptance                       unknown            in   in   in    403  404  404  404  404  403  403  404  403  403  403  403

# The office: the whole city
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  office                                    -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      to_assign          in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      returns            in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      extensions         in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      silent             in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      completed          in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  tray                                      nothing            in   in   in    403  403  403  403  404  404  403  404  403  403  403  403
GET  city_list                                 -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  alarms                                    -                  in   in   in    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  directive                                 -                  in   in   in    403  403  403  403  403  403  403   ok  403  403  403  403
POST directive                                 -                  in   in   in    403  403  403  403  403  403  403 done  403  403  403  403

# Publication
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  publications                              -                  in   in   in    403  403  403  403  403  403   ok  403  403  403  403  403
GET  approval                                  closed             in   in   in    403  403  403  403  403  403   ok  403  403  403  403  403
POST approval                                  closed             in   in   in    403  403  403  403  403  403 done  403  403  403  403  403
GET  approval                                  assigned           in   in   in    403  403  403  403  403  403  404  403  403  403  403  403
GET  approval                                  unknown            in   in   in    403  403  403  403  403  403  404  403  403  403  403  403
GET  takedown                                  published          in   in   in    403  403  403  403  403  403   ok  403  403  403  403  403
POST takedown                                  published          in   in   in    403  403  403  403  403  403 done  403  403  403  403  403
GET  takedown                                  unknown            in   in   in    403  403  403  403  403  403  404  403  403  403  403  403

# Settings: everyone's own, the supervision office's, and those of the three administrators
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  settings                                  -                  in   in   in     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  password                                  -                  in   in   in     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST password                                  -                  in   in   in   done done done done done done done done done done done done
GET  tokens                                    -                  in   in   in     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST tokens                                    -                  in   in   in     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  calendar                                  -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST calendar                                  -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  calendar_year                             -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST calendar_year                             -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  announcement                              -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST announcement                              -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  policy                                    -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST policy                                    -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  routing                                   -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST routing                                   -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST route_end                                 -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  editions                                  -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST editions                                  -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  standard_new                              -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST standard_new                              -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
POST standard_deed                             -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  standard_draft                            -                  in   in   in    403  403  403  403   ok  403  403  403  403  403  403  403
POST standard_draft                            -                  in   in   in    403  403  403  403 done  403  403  403  403  403  403  403
GET  standard_draft                            unknown            in   in   in    403  403  403  403  404  403  403  403  403  403  403  403
GET  accounts                                  -                  in   in   in    403  403  403  403  403  403  403  403  403   ok   ok  403
GET  account_new                               -                  in   in   in    403  403  403  403  403  403  403  403  403   ok  403  403
POST account_new                               -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
GET  account                                   -                  in   in   in    403  403  403  403  403  403  403  403  403   ok   ok  403
GET  account                                   unknown            in   in   in    403  403  403  403  403  403  403  403  403  404  404  403
POST account_deed:password                     -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
POST account_deed:unit                         -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
POST account_deed:roles                        -                  in   in   in    403  403  403  403  403  403  403  403  403  403 done  403
POST account_deed:end                          -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
POST account_deed:open                         -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
POST account_deed:nothing                      -                  in   in   in    403  403  403  403  403  403  403  403  403  404  404  403
POST token_end                                 -                  in   in   in    403  403  403  403  403  403  403  403  403 done  403  403
GET  audit                                     -                  in   in   in    403  403  403  403  403  403  403  403  403  403  403   ok
"""

CALLS = """
# The document, and what is not there
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  openapi.json                              -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  docs                                      -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  nothing                                   -                 404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
POST nothing                                   -                 404  404  404    404  404  404  404  404  404  404  404  404  404  404  404

# The petitioner
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
POST matters                                   -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  matters/{number}                          assigned          404   ok  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  matters/{number}                          unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
POST matters/{number}/additions                handling          404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403
POST matters/{number}/verdict                  completed         404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403
POST matters/{number}/verdict                  directive         404   ok  404    403  403  403  403  403  403  403   ok  403  403  403  403
POST matters/{number}/withdrawal               handling          404   ok  404    403  403  403  403  403  403  403  403  403  403  403  403

# The desk
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/me                                   -                 401  401  401     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  desk/matters                              -                 401  401  401    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
POST desk/matters                              -                 401  401  401     ok  403  403  403  403  403  403  403  403  403  403  403
POST desk/matters                              directive         401  401  401    409  409  409  409  409  409  409   ok  409  409  409  409
GET  desk/matters/{number}                     registered        401  401  401    404  404  404  404   ok   ok  404   ok  404  404  404  404
GET  desk/matters/{number}                     assigned          401  401  401    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  desk/matters/{number}                     unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
GET  desk/lights                               -                 401  401  401    403   ok   ok   ok   ok   ok  403   ok  403  403  403  403
GET  desk/units                                -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/trays                                -                 401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/trays/{name}                         to_assign         401  401  401    403  403  403  403   ok   ok  403   ok  403  403  403  403
GET  desk/trays/{name}                         nothing           401  401  401    403  403  403  403  404  404  403  404  403  403  403  403

# The department
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
POST desk/matters/{number}/acceptance          assigned          401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/acceptance          unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
POST desk/matters/{number}/progress            handling          401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/completion          handling          401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/return-request      assigned          401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/return-signature    return-asked      401  401  401    404  403   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/extension-request   handling          401  401  401    404   ok   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/extension-signature extension-asked   401  401  401    404  403   ok  404  403  403  404  403  404  404  404  404
POST desk/matters/{number}/hand-over           assigned          401  401  401    404  403   ok  404  403  403  404  403  404  404  404  404

# The office
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
POST desk/matters/{number}/assignment          registered        401  401  401    404  404  404  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/return-ruling       return-asked      401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/extension-ruling    extension-asked   401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/callback            silent            401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/unrated-closure     called            401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/unmasking           assigned          401  401  401    404   ok   ok  404   ok  403  404  403  404  404  404  404
POST desk/matters/{number}/unmasking           confidential      401  401  401    404  403  403  404   ok  403  404  403  404  404  404  404

# The publisher
# The policy figures
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/policy                               -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
POST desk/policy                               -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403
GET  desk/policy/versions                      -                 401  401  401    403  403  403  403   ok  403  403  403  403  403  403  403

#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  desk/publications/waiting                 -                 401  401  401    403  403  403  403  403  403   ok  403  403  403  403  403
GET  desk/publications                         -                 401  401  401    403  403  403  403  403  403   ok  403  403  403  403  403
GET  desk/matters/{number}/publication         closed            401  401  401    403  403  403  403  403  403   ok  403  403  403  403  403
POST desk/matters/{number}/publication         closed            401  401  401    404  403  403  404  403  403   ok  403  404  404  404  404
POST desk/matters/{number}/publication         unknown           401  401  401    404  404  404  404  404  404  404  404  404  404  404  404
POST desk/matters/{number}/takedown            published         401  401  401    404  403  403  404  403  403   ok  403  404  404  404  404

# Open to everyone
#                                                                any mine othr   clrk hndl head hnd2 offc memb publ lead insp sysa seca audi
GET  public/matters                            -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  public/matters/{number}                   published          ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  public/matters/{number}                   taken-down        410  410  410    410  410  410  410  410  410  410  410  410  410  410  410
GET  public/matters/{number}                   closed            404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  catalogue                                 -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  catalogue/{standard_id}                   -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  catalogue/{standard_id}                   unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
GET  census                                    -                  ok   ok   ok     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  attachments/{token}                       handling          404   ok  404    404   ok   ok  404   ok   ok  404   ok  404  404  404  404
GET  attachments/{token}                       unknown           404  404  404    404  404  404  404  404  404  404  404  404  404  404  404
"""


@dataclass(frozen=True)
class Row:
    """One line: what is asked, about what, and what everyone is answered."""

    method: str
    name: str
    situation: str
    answers: tuple[str, ...]

    @property
    def deed(self) -> str:
        """The name, without the address of the API before it."""
        return self.name.removeprefix(API)

    @property
    def page(self) -> str:
        """The name without its verb."""
        return self.name.partition(":")[0]

    def __str__(self) -> str:
        return f"{self.method} {self.name} {self.situation}".removesuffix(" -")

    def expected(self) -> dict[str, str]:
        """The answers by column."""
        return dict(zip(WHO, self.answers, strict=True))


@cache
def pages() -> tuple[Row, ...]:
    """The lines about pages."""
    return tuple(_rows("\n".join([PAGES, *(area.PAGES for area in AREAS)]), ""))


@cache
def calls() -> tuple[Row, ...]:
    """The lines about calls of the API."""
    return tuple(_rows("\n".join([CALLS, *(area.CALLS for area in AREAS)]), API))


def _rows(text: str, before: str) -> Iterator[Row]:
    for line in text.splitlines():
        if line and not line.startswith("#"):
            method, name, situation, *answers = line.split()
            yield Row(method, before + name, situation, tuple(answers))
