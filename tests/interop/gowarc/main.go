// Verify reads WARC files with gowarc under its strictest policies and tells
// what it finds: a line "FILE: N records" for each file, and before it one
// for each finding, "FILE:OFFSET TYPE: finding".
package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/nlnwa/gowarc"
)

// verify counts the records of a file.  ErrWarn finds all that ErrFail would
// stop at; what only counts as a warning is a finding too.
func verify(path string) (records int, err error) {
	reader, err := gowarc.NewWarcFileReader(path, 0,
		gowarc.WithSyntaxErrorPolicy(gowarc.ErrWarn),
		gowarc.WithSpecViolationPolicy(gowarc.ErrWarn),
		gowarc.WithUnknownRecordTypePolicy(gowarc.ErrWarn),
		gowarc.WithBlockErrorPolicy(gowarc.ErrWarn),
		// It would hash what it mended, not what is there.
		gowarc.WithFixSyntaxErrors(false),
		gowarc.WithFixDigest(false),
		gowarc.WithFixContentLength(false))
	if err != nil {
		return 0, err
	}
	defer reader.Close()
	for {
		record, offset, validation, err := reader.Next()
		if err == io.EOF {
			return records, nil
		}
		if err != nil {
			return records, fmt.Errorf("at %d: %w", offset, err)
		}
		records++
		// What ends the record is looked at when it is closed.
		if err := record.Close(); err != nil {
			return records, fmt.Errorf("end of the record at %d: %w", offset, err)
		}
		for _, finding := range *validation {
			text := strings.Join(strings.Fields(finding.Error()), " ")
			fmt.Printf("%s:%d %s: %s\n", path, offset, record.Type(), text)
		}
	}
}

func main() {
	status := 0
	for _, path := range os.Args[1:] {
		records, err := verify(path)
		if err != nil {
			fmt.Printf("%s: %v\n", path, err)
			status = 1
		}
		fmt.Printf("%s: %d records\n", path, records)
	}
	os.Exit(status)
}
