package io.vedette.kafka;

import java.util.regex.Pattern;

/**
 * The full names of the topics: {@code prefix} stands directly before each {@link Topic#baseName}.
 *
 * @param prefix letters, digits, {@code . _ -}, at most 200 characters; empty for none
 */
public record Topics(String prefix) {
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]{0,200}");

    public Topics {
        if (!LEGAL.matcher(prefix).matches()) {
            throw new IllegalArgumentException("topic_prefix may hold only letters, digits, '.', '_' and '-', "
                    + "200 characters at most: \"" + prefix + "\"");
        }
    }

    /** The topic's name on this Kafka. */
    public String name(Topic topic) {
        return prefix + topic.baseName();
    }

    public String samples() {
        return name(Topic.SAMPLES);
    }

    public String frames() {
        return name(Topic.FRAMES);
    }

    public String alerts() {
        return name(Topic.ALERTS);
    }

    public String states() {
        return name(Topic.STATES);
    }

    public String deliveries() {
        return name(Topic.DELIVERIES);
    }

    public String rejected() {
        return name(Topic.REJECTED);
    }
}
