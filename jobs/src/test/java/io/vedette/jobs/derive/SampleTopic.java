package io.vedette.jobs.derive;

import io.vedette.jobs.track.FakeEngine;
import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.ScrapeFailure;
import io.vedette.model.sample.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A topic of samples for tests: what agents and beats append to its partitions, to be read in any order that keeps each partition's own. */
final class SampleTopic {
    private static final byte[] NOTHING = {};

    private final ExpositionParser parser = new ExpositionParser();
    private final List<List<SampleRecord>> partitions = new ArrayList<>();

    SampleTopic(int partitions) {
        for (int i = 0; i < partitions; i++) {
            this.partitions.add(new ArrayList<>());
        }
    }

    static Target target(String name) {
        return target(name, "agent");
    }

    static Target target(String name, String agent) {
        return new Target(name, "node-1", agent, "", "both", Map.of("rack", "r1"));
    }

    /** Beats in all partitions, each second of (from, to]. */
    SampleTopic beats(long fromMillis, long toMillis) {
        for (long at = Math.floorDiv(fromMillis, 1_000) * 1_000 + 1_000; at <= toMillis; at += 1_000) {
            for (int i = 0; i < partitions.size(); i++) {
                partitions.get(i).add(new SampleRecord("", NOTHING, at, 0, 0, i));
            }
        }
        return this;
    }

    SampleTopic scrape(Target target, FakeEngine engine, long timeMillis, long appendMillis, long intervalMillis) {
        return scrape(target, engine.body(), timeMillis, appendMillis, intervalMillis);
    }

    SampleTopic scrape(Target target, byte[] body, long timeMillis, long appendMillis, long intervalMillis) {
        byte[] value = RecordWriter.scrape(target, parser.parse(body), timeMillis, 0.01, 0);
        return append(target.instance(), value, appendMillis, intervalMillis);
    }

    SampleTopic failure(Target target, ScrapeFailure failure, long timeMillis, long appendMillis, long intervalMillis) {
        byte[] value = RecordWriter.failure(target, failure, timeMillis, 0.01, 0);
        return append(target.instance(), value, appendMillis, intervalMillis);
    }

    /** An agent's list of its targets. */
    SampleTopic targets(String agent, Collection<String> names, long appendMillis) {
        return append(agent, RecordWriter.targets(agent, names, appendMillis), appendMillis, 0);
    }

    SampleTopic append(String key, byte[] value, long appendMillis, long intervalMillis) {
        int partition = Math.floorMod(key.hashCode(), partitions.size());
        partitions.get(partition).add(new SampleRecord(key, value, appendMillis, intervalMillis, 0, partition));
        return this;
    }

    private List<List<SampleRecord>> sorted() {
        return partitions.stream()
                .map(partition -> partition.stream()
                        .sorted(Comparator.comparingLong(SampleRecord::appendMillis))
                        .toList())
                .toList();
    }

    /** All records as they were appended. */
    List<SampleRecord> inOrder() {
        return sorted().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingLong(SampleRecord::appendMillis))
                .toList();
    }

    /**
     * All records, in bursts from partitions at random.
     *
     * @param mostAheadMillis no partition is read further ahead of another than that
     */
    List<SampleRecord> interleaved(Random random, long mostAheadMillis) {
        List<List<SampleRecord>> sorted = sorted();
        int[] next = new int[sorted.size()];
        List<SampleRecord> mixed = new ArrayList<>();
        while (true) {
            List<Integer> left = new ArrayList<>();
            long oldest = Long.MAX_VALUE;
            for (int i = 0; i < next.length; i++) {
                if (next[i] < sorted.get(i).size()) {
                    left.add(i);
                    oldest = Math.min(oldest, sorted.get(i).get(next[i]).appendMillis());
                }
            }
            if (left.isEmpty()) {
                return mixed;
            }
            int chosen = left.get(random.nextInt(left.size()));
            List<SampleRecord> partition = sorted.get(chosen);
            for (int burst = 1 + random.nextInt(200);
                    burst > 0
                            && next[chosen] < partition.size()
                            && partition.get(next[chosen]).appendMillis() <= oldest + mostAheadMillis;
                    burst--) {
                mixed.add(partition.get(next[chosen]++));
            }
        }
    }
}
