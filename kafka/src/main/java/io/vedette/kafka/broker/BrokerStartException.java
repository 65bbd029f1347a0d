package io.vedette.kafka.broker;

import org.jspecify.annotations.Nullable;

/** The embedded broker could not start. The message is written for the user: what, where, what to do. */
public final class BrokerStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public BrokerStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
