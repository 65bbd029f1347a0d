package io.vedette.jobs.track;

/** What happens to samples on their way into frames, apart from the ordinary; each is counted. */
public enum TrackEvent {
    /** A scrape not newer than its target's newest, or more than 15 min old at a new target: dropped, its growth is already in or of no use. */
    LATE_SCRAPE("late_scrapes"),
    /** A scrape of a target that another agent scrapes already: set aside. Two targets have one name, or one target has two agents. */
    CONTESTED_SCRAPE("contested_scrapes"),
    /** A scrape whose time was shifted by its agent's clock offset. */
    CLOCK_SHIFTED("clock_shifted_scrapes"),
    /** A scrape that claims to be from after its append time: clamped to it. */
    FROM_THE_FUTURE("future_scrapes"),
    /** An engine started anew. */
    RESTART("restarts"),
    /** Growth of more than 2⁴⁰ between two scrapes: not believed. */
    GROWTH_REFUSED("growth_refused"),
    /** A replica or model showed too many different series: its history started anew. */
    LAYOUT_RESET("layout_resets"),
    /** A member's report that came after its parent's tick: counted in later ticks. */
    LATE_REPORT("late_reports"),
    /** What one target said of a card at a tick, while another is believed: both show the same card. */
    CONTESTED_CARD("contested_cards");

    private final String metric;

    TrackEvent(String metric) {
        this.metric = metric;
    }

    /** The event's name as a metric. */
    public String metric() {
        return metric;
    }
}
