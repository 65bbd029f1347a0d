package io.vedette.alerts.channel;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Somebody who is told of alerts.
 *
 * @param name part of its consumer group, so another name is another channel; letters, digits, {@code _}, {@code -} and {@code .}
 * @param matchers all must hold for an alert to be told; none: every alert is
 * @param timeout for connecting, and for the answer
 * @param maxWait longest wait between two attempts, whatever {@code Retry-After} asks for
 */
public record ChannelSettings(
        String name,
        Destination destination,
        Optional<Authorization> authorization,
        List<Matcher> matchers,
        Duration timeout,
        Duration maxWait) {
    public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration DEFAULT_MAX_WAIT = Duration.ofMinutes(1);

    /** Name of the channel that isn't configured: the process's own output. */
    public static final String CONSOLE = "console";

    private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,100}");

    public ChannelSettings {
        if (!NAME.matcher(name).matches() || name.equals(CONSOLE)) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no name for a channel; use letters, digits, _, - and ." + " (and not " + CONSOLE
                            + ", which is Vedette's own)");
        }
        if (timeout.isNegative() || timeout.isZero() || maxWait.isNegative() || maxWait.isZero()) {
            throw new IllegalArgumentException("timeout and max_wait of channel " + name + " must be above 0");
        }
        matchers = List.copyOf(matchers);
    }

    /**
     * A webhook with everything at its default: what {@code up --webhook URL} asks for.
     *
     * @throws IllegalArgumentException when the URL is none; the message says why and doesn't repeat it
     */
    public static ChannelSettings webhook(String name, String url) {
        Address address = new Address(Secret.of(url));
        try {
            address.uri();
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "the webhook's address is " + e.getMessage() + "; write http://HOST:PORT/PATH", e);
        }
        return new ChannelSettings(
                name,
                new Destination.Webhook(address, Destination.Format.ALERTMANAGER),
                Optional.empty(),
                List.of(),
                DEFAULT_TIMEOUT,
                DEFAULT_MAX_WAIT);
    }

    /** Whether an alert with these labels is meant for the channel. */
    public boolean matches(Map<String, String> labels) {
        return matchers.stream().allMatch(m -> m.matches(labels));
    }
}
