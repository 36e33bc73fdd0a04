"""Der Morgenpost: a second newspaper, with other markup."""

HOSTS = {}
