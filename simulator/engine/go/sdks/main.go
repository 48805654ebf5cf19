// Program package-sdks binds the schema of a Pulumi package as Pulumi itself does, and writes the SDKs that `pulumi package add` makes of
// it: one folder a language. It stands for the hosts of these languages, whose modules no proxy has, and which call the same generators.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/blang/semver"
	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"

	// A program in Go is run through it by a test, which compiles it offline: so it is fetched and compiled together with the generators.
	_ "github.com/pulumi/pulumi/sdk/v3/go/auto"
)

// tool is what the head of each generated file names.
const tool = "package-sdks"

// generators by folder. Each takes a package that no other has touched, as it writes its own settings into it.
var generators = map[string]func(*schema.Package) (map[string][]byte, error){
	"nodejs": func(it *schema.Package) (map[string][]byte, error) {
		return nodejs.GeneratePackage(tool, it, nil, nil, true, noOthers{})
	},
	"python": func(it *schema.Package) (map[string][]byte, error) {
		return python.GeneratePackage(tool, it, nil, noOthers{})
	},
	"go": func(it *schema.Package) (map[string][]byte, error) {
		return gogen.GeneratePackage(tool, it, nil)
	},
}

func main() {
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "Usage: package-sdks SCHEMA FOLDER")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(file, folder string) error {
	content, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	var spec schema.PackageSpec
	if err := json.Unmarshal(content, &spec); err != nil {
		return fmt.Errorf("%s is no schema of a package: %w", file, err)
	}
	for language, generate := range generators {
		pkg, err := bind(spec)
		if err != nil {
			return fmt.Errorf("%s does not bind:\n%w", file, err)
		}
		files, err := generate(pkg)
		if err != nil {
			return fmt.Errorf("%s has no SDK for %s: %w", file, language, err)
		}
		if err := write(filepath.Join(folder, language), files); err != nil {
			return err
		}
	}
	return nil
}

// bind takes a warning for an error: a schema of ours has no reason for any.
func bind(spec schema.PackageSpec) (*schema.Package, error) {
	pkg, diagnostics, err := schema.BindSpec(spec, noOthers{}, schema.ValidationOptions{})
	for _, it := range diagnostics {
		err = errors.Join(err, errors.New(strings.TrimRight(it.Summary, "; ")))
	}
	if err != nil {
		return nil, err
	}
	// What `pulumi package add` sets: the SDK is a module of its own, and nobody publishes it.
	pkg.SupportPack = true
	return pkg, nil
}

func write(folder string, files map[string][]byte) error {
	for name, content := range files {
		file := filepath.Join(folder, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(file, content, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// noOthers is the loader of packages that a schema refers to. Ours refers to none.
type noOthers struct{}

func (noOthers) LoadPackage(name string, _ *semver.Version) (*schema.Package, error) {
	return nil, refused(name)
}

func (noOthers) LoadPackageV2(_ context.Context, it *schema.PackageDescriptor) (*schema.Package, error) {
	return nil, refused(it.Name)
}

func (noOthers) LoadPackageReference(name string, _ *semver.Version) (schema.PackageReference, error) {
	return nil, refused(name)
}

func (noOthers) LoadPackageReferenceV2(_ context.Context, it *schema.PackageDescriptor) (schema.PackageReference, error) {
	return nil, refused(it.Name)
}

func refused(name string) error {
	return fmt.Errorf("it refers to the package %s, and only its own types are known here", name)
}
