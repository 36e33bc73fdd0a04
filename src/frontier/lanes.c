#include "frontier/lanes.h"

#include "base/mem.h"

#include <limits.h>

void stet_lanes_init(struct stet_lanes *l, int pages_per_host,
                     int targets_per_host)
{
    *l = (struct stet_lanes){ .pages_per_host = pages_per_host,
                              .targets_per_host = targets_per_host,
                              .whole = { true, true } };
}

void stet_lanes_clear(struct stet_lanes *l)
{
    for (int i = 0; i < STET_N_LANE_PLACES; i++) {
        while (l->lists[i].first)
            stet_lanes_drop(l, l->lists[i].first);
    }
    stet_lanes_init(l, l->pages_per_host, l->targets_per_host);
}

static size_t bucket_of_id(int64_t id)
{
    return (size_t)id & (STET_LANE_BUCKETS - 1);
}

static size_t bucket_of_name(const struct stet_sip *name)
{
    return (size_t)name->half[1] & (STET_LANE_BUCKETS - 1);
}

struct stet_lane *stet_lanes_find(const struct stet_lanes *l, int64_t id)
{
    struct stet_lane *lane = l->by_id[bucket_of_id(id)];

    while (lane && lane->id != id)
        lane = lane->same_id;
    return lane;
}

struct stet_lane *stet_lanes_find_name(const struct stet_lanes *l,
                                       const struct stet_sip *name)
{
    struct stet_lane *lane = l->by_name[bucket_of_name(name)];

    while (lane && (lane->name.half[0] != name->half[0] ||
                    lane->name.half[1] != name->half[1]))
        lane = lane->same_name;
    return lane;
}

static void append(struct stet_lanes *l, struct stet_lane *lane,
                   enum stet_lane_place place)
{
    struct stet_lane_list *list = &l->lists[place];

    lane->place = place;
    lane->before = list->last;
    lane->after = NULL;
    *(list->last ? &list->last->after : &list->first) = lane;
    list->last = lane;
    list->len++;
}

static void take_out(struct stet_lanes *l, struct stet_lane *lane)
{
    struct stet_lane_list *list = &l->lists[lane->place];

    *(lane->before ? &lane->before->after : &list->first) = lane->after;
    *(lane->after ? &lane->after->before : &list->last) = lane->before;
    list->len--;
}

struct stet_lane *stet_lanes_add(struct stet_lanes *l, int64_t id,
                                 const struct stet_sip *name)
{
    struct stet_lane *lane = stet_alloc(sizeof(*lane));
    struct stet_lane **of_id = &l->by_id[bucket_of_id(id)];
    struct stet_lane **of_name = &l->by_name[bucket_of_name(name)];

    if (!lane)
        return NULL;
    lane->id = id;
    lane->name = *name;
    lane->past_priority = INT_MIN;
    lane->same_id = *of_id;
    *of_id = lane;
    lane->same_name = *of_name;
    *of_name = lane;
    append(l, lane, STET_LANE_IDLE);
    return lane;
}

struct stet_lane *stet_lanes_spare(const struct stet_lanes *l)
{
    const struct stet_lane_list *idle = &l->lists[STET_LANE_IDLE];

    return idle->len > STET_MAX_IDLE_LANES ? idle->first : NULL;
}

void stet_lanes_drop(struct stet_lanes *l, struct stet_lane *lane)
{
    struct stet_lane **at = &l->by_id[bucket_of_id(lane->id)];

    while (*at != lane)
        at = &(*at)->same_id;
    *at = lane->same_id;
    at = &l->by_name[bucket_of_name(&lane->name)];
    while (*at != lane)
        at = &(*at)->same_name;
    *at = lane->same_name;
    take_out(l, lane);
    stet_free(lane);
}

void stet_lanes_touch(struct stet_lanes *l, struct stet_lane *lane)
{
    if (lane->dirty)
        return;
    lane->dirty = true;
    lane->next_dirty = l->dirty;
    l->dirty = lane;
}

int64_t stet_lane_due(const struct stet_lane *lane)
{
    return lane->due[STET_LANE_RULES] + lane->due[STET_LANE_PARTS] +
           lane->due[STET_LANE_PAGES];
}

int64_t stet_lane_queued(const struct stet_lane *lane)
{
    return stet_lane_due(lane) + lane->later;
}

int64_t stet_lane_out(const struct stet_lane *lane)
{
    return lane->out[STET_LANE_RULES] + lane->out[STET_LANE_PARTS] +
           lane->out[STET_LANE_PAGES];
}

bool stet_lane_takes_pages(const struct stet_lanes *l,
                           const struct stet_lane *lane)
{
    return l->pages_per_host == 0 ||
           lane->out[STET_LANE_PAGES] < l->pages_per_host;
}

static bool has(const struct stet_lane *lane, enum stet_lane_kind kind)
{
    return lane->due[kind] > lane->out[kind];
}

static enum stet_lane_place place_of(const struct stet_lanes *l,
                                     const struct stet_lane *lane)
{
    int64_t out = stet_lane_out(lane);

    if (lane->held_ms == 0 &&
        (l->targets_per_host == 0 || out < l->targets_per_host)) {
        if (has(lane, STET_LANE_PARTS))
            return STET_LANE_PARTS_RING;
        if (has(lane, STET_LANE_RULES) ||
            (has(lane, STET_LANE_PAGES) && stet_lane_takes_pages(l, lane)))
            return STET_LANE_COMMON_RING;
    }
    return out > 0 ? STET_LANE_BUSY : STET_LANE_IDLE;
}

static bool is_ring(enum stet_lane_place place)
{
    return place == STET_LANE_PARTS_RING || place == STET_LANE_COMMON_RING;
}

void stet_lanes_settle(struct stet_lanes *l, struct stet_lane *lane)
{
    enum stet_lane_place place = place_of(l, lane);

    if (place == lane->place && place != STET_LANE_IDLE)
        return;
    take_out(l, lane);
    if (is_ring(place) &&
        (!l->whole[place] || l->lists[place].len >= STET_MAX_RING)) {
        l->whole[place] = false;
        place = stet_lane_out(lane) > 0 ? STET_LANE_BUSY : STET_LANE_IDLE;
    }
    append(l, lane, place);
    if (is_ring(place) && l->cursor[place] < lane->id)
        l->cursor[place] = lane->id;
}

void stet_lanes_serve(struct stet_lanes *l, struct stet_lane *lane)
{
    take_out(l, lane);
    append(l, lane, STET_LANE_BUSY);
    stet_lanes_settle(l, lane);
}

bool stet_lanes_enlist(struct stet_lanes *l, struct stet_lane *lane,
                       enum stet_lane_place ring)
{
    if (lane->place == ring || place_of(l, lane) != ring)
        return true;
    if (l->lists[ring].len >= STET_MAX_RING)
        return false;
    take_out(l, lane);
    append(l, lane, ring);
    l->cursor[ring] = lane->id;
    return true;
}

void stet_lane_look_again(struct stet_lane *lane, int priority, int64_t id)
{
    if (priority < lane->past_priority ||
        (priority == lane->past_priority && id <= lane->past_id)) {
        lane->past_priority = priority;
        lane->past_id = id - 1;
    }
}
