package io.vedette.bench;

import io.vedette.model.exposition.ExpositionParser;
import io.vedette.model.exposition.Scrape;
import io.vedette.model.otlp.RecordWriter;
import io.vedette.model.sample.Target;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the agent does with a body. */
final class AgentStages {
    private static final Target TARGET = new Target("10.0.0.1:8000", "node-1", "node-1", "", "both", Map.of());

    private final MovingScrapes scrapes;
    private final ExpositionParser parser = new ExpositionParser();
    private final Stage parse = new Stage("agent: parse a body", Double.NaN);
    private final Stage write = new Stage("agent: write OTLP", Double.NaN);
    private long bodyBytes;
    private long recordBytes;

    AgentStages(MovingScrapes scrapes) {
        this.scrapes = scrapes;
    }

    void run() {
        List<Scrape> parsed = new ArrayList<>();
        bodyBytes = 0;
        recordBytes = 0;
        parse.begin();
        for (byte[] body : scrapes.bodies()) {
            parsed.add(parser.parse(body));
            bodyBytes += body.length;
        }
        parse.end(parsed.size());
        write.begin();
        for (Scrape scrape : parsed) {
            recordBytes += RecordWriter.scrape(TARGET, scrape, 1_800_000_000_000L, 0.01, 8_192).length;
        }
        write.end(parsed.size());
    }

    void forget() {
        parse.forget();
        write.forget();
    }

    void print(PrintStream out) {
        int count = scrapes.bodies().size();
        out.println(parse.row());
        out.println(write.row());
        out.printf(Locale.ROOT, "%-52s %9d bytes%n", "  a body", bodyBytes / count);
        out.printf(Locale.ROOT, "%-52s %9d bytes%n", "  a record", recordBytes / count);
    }
}
