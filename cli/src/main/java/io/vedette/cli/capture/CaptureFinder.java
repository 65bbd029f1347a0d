package io.vedette.cli.capture;

import io.vedette.cli.UserMistake;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds captures where a user points: archives, folders of scrapes, or folders of captures. */
public final class CaptureFinder {
    private static final String STEM = "scrapes";
    private static final List<String> ENDINGS = List.of(".tar.xz", ".tar.gz", ".tar");
    private static final String EXPECTED =
            "a capture has scrapes.tar.xz, .tar.gz or .tar, or files named UNIX_MILLIS.prom";

    private CaptureFinder() {}

    /**
     * All captures at these places, by name.
     *
     * @throws UserMistake when a place has none, or two are called alike
     */
    public static List<Capture> find(List<Path> places) {
        Map<String, Capture> byName = new HashMap<>();
        for (Path place : places) {
            for (Capture capture : at(place)) {
                Capture other = byName.put(capture.name(), capture);
                if (other != null) {
                    throw new UserMistake("two captures are called '" + capture.name() + "': " + other.location()
                            + " and " + capture.location() + "; a target is called like its folder, so rename one");
                }
            }
        }
        return byName.keySet().stream().sorted().map(byName::get).toList();
    }

    private static List<Capture> at(Path place) {
        try {
            if (Files.isRegularFile(place)) {
                return List.of(archive(place));
            }
            if (!Files.isDirectory(place)) {
                throw new UserMistake(place + ": there is no such folder; " + EXPECTED);
            }
            Optional<Capture> single = folder(place);
            List<Capture> captures = single.map(List::of).orElseGet(List::of);
            if (captures.isEmpty()) {
                captures = within(place);
            }
            if (captures.isEmpty()) {
                throw new UserMistake(place + ": neither a capture nor a folder of captures; " + EXPECTED);
            }
            return captures;
        } catch (IOException e) {
            throw new UserMistake(place + ": cannot be read (" + e.getClass().getSimpleName() + ")", e);
        }
    }

    private static Capture archive(Path file) {
        String name = file.getFileName().toString();
        String ending = ENDINGS.stream()
                .filter(name::endsWith)
                .findFirst()
                .orElseThrow(() -> new UserMistake(file + ": not an archive that replay knows; " + EXPECTED));
        String stem = name.substring(0, name.length() - ending.length());
        Path folder = parent(file);
        return stem.equals(STEM) ? capture(folder, file) : new Capture(stem, file, CaptureTarget.read(stem, folder));
    }

    private static List<Capture> within(Path folder) throws IOException {
        List<Path> children;
        try (Stream<Path> listed = Files.list(folder)) {
            children = listed.filter(Files::isDirectory).sorted().toList();
        }
        List<Capture> captures = new ArrayList<>();
        for (Path child : children) {
            folder(child).ifPresent(captures::add);
        }
        return captures;
    }

    private static Optional<Capture> folder(Path folder) throws IOException {
        for (String ending : ENDINGS) {
            Path archive = folder.resolve(STEM + ending);
            if (Files.isRegularFile(archive)) {
                return Optional.of(capture(folder, archive));
            }
        }
        return FolderReader.holdsScrapes(folder) ? Optional.of(capture(folder, folder)) : Optional.empty();
    }

    private static Capture capture(Path folder, Path location) {
        String name = folder.toAbsolutePath().normalize().getFileName().toString();
        return new Capture(name, location, CaptureTarget.read(name, folder));
    }

    private static Path parent(Path file) {
        Path absolute = file.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        return parent == null ? absolute : parent;
    }
}
