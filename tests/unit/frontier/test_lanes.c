#include "frontier/lanes.h"

#include "lib/tap.h"

static struct stet_lane *add(struct stet_lanes *l, int64_t id)
{
    const struct stet_sip name = { { (uint64_t)id, (uint64_t)id * 77 } };
    struct stet_lane *lane = stet_lanes_add(l, id, &name);

    CHECK(lane != NULL);
    return lane;
}

/* A lane with so many pages and parts that are due. */
static struct stet_lane *add_with(struct stet_lanes *l, int64_t id, int pages,
                                  int parts)
{
    struct stet_lane *lane = add(l, id);

    lane->due[STET_LANE_PAGES] = pages;
    lane->due[STET_LANE_PARTS] = parts;
    stet_lanes_settle(l, lane);
    return lane;
}

static void hand_out(struct stet_lanes *l, struct stet_lane *lane,
                     enum stet_lane_kind kind)
{
    lane->out[kind]++;
    stet_lanes_serve(l, lane);
}

static void finds_by_id_and_name(void)
{
    static struct stet_lanes l;
    const struct stet_sip unknown = { { 5, 77 } };

    stet_lanes_init(&l, 0, 0);
    /* Ids and names that share buckets. */
    for (int64_t i = 1; i < 50; i++)
        add(&l, i * STET_LANE_BUCKETS);
    for (int64_t i = 1; i < 50; i += 2)
        stet_lanes_drop(&l, stet_lanes_find(&l, i * STET_LANE_BUCKETS));
    for (int64_t i = 1; i < 50; i++) {
        int64_t id = i * STET_LANE_BUCKETS;
        const struct stet_sip name = { { (uint64_t)id, (uint64_t)id * 77 } };
        const struct stet_lane *by_id = stet_lanes_find(&l, id);
        CHECK((by_id != NULL) == (i % 2 == 0));
        CHECK(by_id == stet_lanes_find_name(&l, &name));
    }
    CHECK(stet_lanes_find_name(&l, &unknown) == NULL);
    stet_lanes_clear(&l);
    CHECK(stet_lanes_find(&l, 2 * STET_LANE_BUCKETS) == NULL);
}

/* What a lane has and where it belongs, by limits of 2 pages and 3 in all. */
static const struct {
    const char *name;
    int rules, parts, pages;             /* due */
    int rules_out, parts_out, pages_out; /* of these */
    int64_t held_ms;
    enum stet_lane_place want;
} rows[] = {
    { "nothing", 0, 0, 0, 0, 0, 0, 0, STET_LANE_IDLE },
    { "rules", 1, 0, 0, 0, 0, 0, 0, STET_LANE_COMMON_RING },
    { "pages", 0, 0, 1, 0, 0, 0, 0, STET_LANE_COMMON_RING },
    { "parts", 0, 1, 0, 0, 0, 0, 0, STET_LANE_PARTS_RING },
    { "all of them", 1, 1, 1, 0, 0, 0, 0, STET_LANE_PARTS_RING },
    { "held", 1, 1, 1, 0, 0, 0, 9, STET_LANE_IDLE },
    { "held with something out", 1, 1, 1, 0, 1, 0, 9, STET_LANE_BUSY },
    { "all is out", 1, 1, 1, 1, 1, 1, 0, STET_LANE_BUSY },
    { "one page more", 0, 0, 2, 0, 0, 1, 0, STET_LANE_COMMON_RING },
    { "one page too many", 0, 0, 3, 0, 0, 2, 0, STET_LANE_BUSY },
    { "parts beside the pages", 0, 1, 3, 0, 0, 2, 0, STET_LANE_PARTS_RING },
    { "rules beside the pages", 1, 0, 3, 0, 0, 2, 0, STET_LANE_COMMON_RING },
    { "one part too many", 0, 4, 0, 0, 3, 0, 0, STET_LANE_BUSY },
    { "too many in all", 0, 4, 4, 0, 2, 1, 0, STET_LANE_BUSY },
};

static void places_lanes_by_what_they_have(void)
{
    static struct stet_lanes l;

    for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        struct stet_lane *lane;
        tap_row(rows[i].name);
        stet_lanes_init(&l, 2, 3);
        lane = add(&l, 1);
        lane->due[STET_LANE_RULES] = rows[i].rules;
        lane->due[STET_LANE_PARTS] = rows[i].parts;
        lane->due[STET_LANE_PAGES] = rows[i].pages;
        lane->out[STET_LANE_RULES] = rows[i].rules_out;
        lane->out[STET_LANE_PARTS] = rows[i].parts_out;
        lane->out[STET_LANE_PAGES] = rows[i].pages_out;
        lane->held_ms = rows[i].held_ms;
        stet_lanes_settle(&l, lane);
        CHECK_INT(lane->place, rows[i].want);
        stet_lanes_clear(&l);
    }
    tap_row(NULL);
}

static void puts_who_was_served_behind_the_others(void)
{
    static struct stet_lanes l;
    const struct stet_lane_list *ring = &l.lists[STET_LANE_COMMON_RING];
    struct stet_lane *a, *b;

    stet_lanes_init(&l, 0, 0);
    a = add_with(&l, 1, 5, 0);
    b = add_with(&l, 2, 5, 0);
    CHECK(ring->first == a);
    hand_out(&l, a, STET_LANE_PAGES);
    CHECK(ring->first == b && ring->last == a);
    /* To get more does not change whose turn it is. */
    b->due[STET_LANE_PAGES]++;
    stet_lanes_settle(&l, b);
    CHECK(ring->first == b && ring->len == 2);
    stet_lanes_clear(&l);
}

/* A ring that has overflowed takes nobody but in the order of the store. */
static void leaves_the_rest_to_the_store(void)
{
    static struct stet_lanes l;
    const struct stet_lane_list *ring = &l.lists[STET_LANE_COMMON_RING];
    struct stet_lane *late;

    stet_lanes_init(&l, 0, 0);
    for (int64_t id = 1; id <= STET_MAX_RING; id++)
        add_with(&l, id, 2, 0);
    CHECK(l.whole[STET_LANE_COMMON_RING]);
    late = add_with(&l, STET_MAX_RING + 1, 2, 0);
    CHECK(!l.whole[STET_LANE_COMMON_RING]);
    CHECK_INT(late->place, STET_LANE_IDLE);
    CHECK_INT(ring->len, STET_MAX_RING);
    CHECK_INT(l.cursor[STET_LANE_COMMON_RING], STET_MAX_RING);
    CHECK(!stet_lanes_enlist(&l, late, STET_LANE_COMMON_RING));
    hand_out(&l, ring->first, STET_LANE_PAGES);
    CHECK_INT(ring->len, STET_MAX_RING - 1);
    CHECK_INT(stet_lanes_find(&l, 1)->place, STET_LANE_BUSY);
    CHECK(stet_lanes_enlist(&l, late, STET_LANE_COMMON_RING));
    CHECK(ring->last == late);
    /* The other ring is another matter. */
    CHECK_INT(add_with(&l, 5000, 0, 1)->place, STET_LANE_PARTS_RING);
    stet_lanes_clear(&l);
}

static void lets_go_of_the_idle_alone(void)
{
    static struct stet_lanes l;
    int64_t id = 1;

    stet_lanes_init(&l, 0, 0);
    add_with(&l, id++, 1, 0);
    for (int i = 0; i < STET_MAX_IDLE_LANES; i++)
        add(&l, id++);
    CHECK(stet_lanes_spare(&l) == NULL);
    add(&l, id);
    if (CHECK(stet_lanes_spare(&l) != NULL))
        CHECK_INT(stet_lanes_spare(&l)->id, 2);
    /* What was looked at is kept for longer. */
    stet_lanes_settle(&l, stet_lanes_find(&l, 2));
    CHECK_INT(stet_lanes_spare(&l)->id, 3);
    stet_lanes_clear(&l);
}

TESTS({ "finds by id and name", finds_by_id_and_name },
      { "places lanes by what they have", places_lanes_by_what_they_have },
      { "puts who was served behind the others",
        puts_who_was_served_behind_the_others },
      { "leaves the rest to the store", leaves_the_rest_to_the_store },
      { "lets go of the idle alone", lets_go_of_the_idle_alone })
