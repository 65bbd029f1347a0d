package io.vedette.model.yaml;

import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.parser.Parser;

/** Refuses documents that are nested so deeply that what reads them, which calls itself, would run out of stack. For one document. */
final class DepthLimit implements Parser {
    /** Ten times what any file of ours needs. */
    private static final int DEEPEST = 100;

    private final String source;
    private final Parser parser;
    private int depth;

    DepthLimit(String source, Parser parser) {
        this.source = source;
        this.parser = parser;
    }

    @Override
    public boolean checkEvent(Event.ID choice) {
        return parser.checkEvent(choice);
    }

    @Override
    public Event peekEvent() {
        return parser.peekEvent();
    }

    @Override
    public boolean hasNext() {
        return parser.hasNext();
    }

    @Override
    public Event next() {
        Event event = parser.next();
        switch (event.getEventId()) {
            case MappingStart, SequenceStart -> {
                depth++;
                if (depth > DEEPEST) {
                    throw tooDeep(event);
                }
            }
            case MappingEnd, SequenceEnd -> depth--;
            default -> {
                // Nothing else has an inside.
            }
        }
        return event;
    }

    private ConfigurationException tooDeep(Event event) {
        String problem = "lists and mappings stand inside each other more than " + DEEPEST + " deep";
        return event.getStartMark()
                .map(mark -> new ConfigurationException(source, mark.getLine() + 1, mark.getColumn() + 1, problem))
                .orElseGet(() -> new ConfigurationException(source, problem));
    }
}
