package io.vedette.alerts.channel;

import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * How a channel's messages for people are worded.
 *
 * @param zone in which times are told
 * @param dashboard where a message's link to a dashboard leads; empty for no such link
 */
public record Wording(Language language, ZoneId zone, Optional<LinkTemplate> dashboard) {
    /** English, UTC, no dashboard. */
    public static final Wording DEFAULT = new Wording(Language.ENGLISH, ZoneOffset.UTC, Optional.empty());
}
