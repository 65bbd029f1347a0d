package io.vedette.cli.up;

import io.vedette.kafka.broker.FatalListener;
import io.vedette.model.alert.AlertEvent;

/** Hears of things that happen while a service runs. */
public interface ServiceListener extends FatalListener {
    /** An alert has changed; called in a thread of the gateway's. */
    void alert(AlertEvent event);

    /** Something to know about the process itself, in one line; it goes on. */
    void notice(String message);
}
