package io.vedette.jobs.track;

import static io.vedette.jobs.track.Scrapes.T0;

import io.vedette.jobs.track.Scrapes.Found;
import io.vedette.model.catalogue.Catalogue;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.exposition.ProblemReason;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.frame.Frame;
import io.vedette.model.frame.Window;
import io.vedette.model.otlp.RecordReader;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.otlp.UnreadableRecord;
import io.vedette.model.sample.Target;
import io.vedette.model.sample.TargetScrape;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The whole way from the bodies of scrapes to frames, as agent and job go it: parse, write a record, read it, track. Every 5 s, appended at once. */
final class BodyFollower {
    private final ExpositionParser parser = new ExpositionParser();
    private final RecordReader reader = new RecordReader(Catalogue.shipped());
    private final TargetTracker tracker = new TargetTracker(new int[] {12, 60, 120}, new PromptLimits(Map.of()));
    private final Map<String, TargetState> states = new TreeMap<>();

    final Found found = new Found();
    final Map<ProblemReason, Integer> problems = new EnumMap<>(ProblemReason.class);
    int droppedSamples;
    int foreignSamples;

    BodyFollower scrape(String name, long seconds, String body) {
        return scrape(name, "agent", seconds, body);
    }

    BodyFollower scrape(String name, String agent, long seconds, String body) {
        Scrape parsed = parser.parse(body.getBytes(StandardCharsets.UTF_8));
        parsed.problemCounts().forEach((reason, count) -> problems.merge(reason, count, Integer::sum));
        Target target = new Target(name, "node-1", agent, "", "both", Map.of());
        byte[] record = RecordWriter.scrape(target, parsed, T0 + seconds * 1_000, 0.01, 0);
        TargetScrape scrape;
        try {
            scrape = reader.read(record).scrapes().get(0);
        } catch (UnreadableRecord e) {
            throw new IllegalStateException(e);
        }
        droppedSamples += scrape.droppedSamples();
        foreignSamples += scrape.foreignSamples();
        long appendMillis = T0 + seconds * 1_000;
        TargetState state = tracker.onScrape(states.get(name), scrape, appendMillis, 5_000, 0, Jump.NONE, found);
        if (state != null) {
            states.put(name, state);
        }
        return this;
    }

    List<Frame> frames(String name) {
        return found.frames.stream()
                .filter(frame -> frame.entity().instance().equals(name))
                .toList();
    }

    /** The last minute of a target, as of its newest frame. */
    Window minute(String name) {
        List<Frame> frames = frames(name);
        return frames.get(frames.size() - 1).window(60_000).orElseThrow();
    }

    /** How often something happened. */
    int count(TrackEvent event) {
        return found.events.getOrDefault(event, 0);
    }
}
