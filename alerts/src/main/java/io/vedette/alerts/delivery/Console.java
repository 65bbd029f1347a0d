package io.vedette.alerts.delivery;

import io.vedette.model.alert.AlertEvent;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The channel that every gateway has: whoever runs it. It takes everything at once. */
final class Console implements Transport {
    private static final Logger logger = LoggerFactory.getLogger(Console.class);

    private final Consumer<AlertEvent> listener;

    Console(Consumer<AlertEvent> listener) {
        this.listener = listener;
    }

    @Override
    public Answer send(List<News> news) {
        for (News one : news) {
            try {
                listener.accept(one.event());
            } catch (RuntimeException e) {
                logger.error("alert {} could not be shown", one.event().id(), e);
            }
        }
        return Answer.DELIVERED;
    }
}
