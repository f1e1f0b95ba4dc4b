namespace MLSegmentation;

/// <summary>
/// What a COCO file has but the annotations, and where each of these is in the file. Its parts may be in any order.
/// </summary>
internal sealed class CocoIndex
{
    private readonly List<(long Image, long Place)> _annotations = [];
    private readonly HashSet<long> _used = [];
    private readonly List<CocoImage> _images = [];
    private readonly List<CocoCategory> _categories = [];
    private int[] _firstOfImage = [];
    private long[] _places = [];

    private CocoIndex()
    {
    }

    /// <summary>The images, in the order of the file.</summary>
    public IReadOnlyList<CocoImage> Images => _images;

    /// <summary>The categories, in the order of the file.</summary>
    public IReadOnlyList<CocoCategory> Categories => _categories;

    /// <summary>Reads a file once.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or no COCO file.</exception>
    public static CocoIndex Read(string path)
    {
        var index = new CocoIndex();
        using var json = new JsonFileReader(path);
        json.Read();
        HashSet<string> found = [];
        foreach (string property in json.Properties())
        {
            found.Add(property);
            switch (property)
            {
                case "images":
                    foreach (int _ in json.Items()) index._images.Add(CocoImage.Read(json));
                    break;
                case "categories":
                    foreach (int _ in json.Items()) index._categories.Add(ReadCategory(json));
                    break;
                case "annotations":
                    foreach (int _ in json.Items()) index.ReadAnnotation(json);
                    break;
            }
        }
        if (json.TryRead()) throw json.Damaged("something follows the object");
        string[] missing = [.. new[] { "images", "categories", "annotations" }.Where(part => !found.Contains(part))];
        if (missing.Length > 0) throw json.Unexpected($"a COCO file has {string.Join(" and ", missing)} too");
        index.Sort(path);
        return index;
    }

    /// <summary>Whether an annotation has the category.</summary>
    public bool IsUsed(long category) => _used.Contains(category);

    /// <summary>Where the annotations of an image are, in the order of the file.</summary>
    /// <param name="image">The image's place among <see cref="Images"/>.</param>
    public ArraySegment<long> PlacesOf(int image) =>
        new(_places, _firstOfImage[image], _firstOfImage[image + 1] - _firstOfImage[image]);

    /// <summary>The images with their files, in the order of their names.</summary>
    /// <param name="images">Finds them.</param>
    /// <param name="faults">Takes what is wrong with an image; null where the first is an error.</param>
    public IReadOnlyList<AnnotatedImage> Locate(ImageLocator images, ICollection<string>? faults) => AnnotatedImages.Of(
        _images, image => image.File, image => images.Find(image.File), image => image.Size, faults);

    private static CocoCategory ReadCategory(JsonFileReader json)
    {
        long? id = null;
        string? name = null, above = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "id": id = json.GetWhole(); break;
                case "name": name = json.GetTextOrNull(); break;
                case "supercategory": above = json.GetTextOrNull(); break;
            }
        }
        return id is { } number && name is not null
            ? new CocoCategory(number, name, above ?? "")
            : throw json.Unexpected("a category has no id or no name");
    }

    private void ReadAnnotation(JsonFileReader json)
    {
        long place = json.Position;
        long? image = null;
        foreach (string property in json.Properties())
        {
            switch (property)
            {
                case "image_id": image = json.GetWhole(); break;
                case "category_id":
                    if (json.GetWhole() is { } category) _used.Add(category);
                    break;
            }
        }
        _annotations.Add((image ?? throw json.Unexpected("an annotation has no image_id"), place));
    }

    /// <summary>Brings the places of each image's annotations together.</summary>
    private void Sort(string path)
    {
        var numbers = new Dictionary<long, int>();
        foreach (var (index, image) in _images.Index())
        {
            if (!numbers.TryAdd(image.Id, index))
                throw new InvalidDataException($"The file '{path}' has two images of the id {image.Id}. Export it anew.");
        }
        if (_categories.GroupBy(category => category.Id).FirstOrDefault(one => one.Count() > 1) is { } twice)
            throw new InvalidDataException($"The file '{path}' has two categories of the id {twice.Key}. Export it anew.");
        _firstOfImage = new int[_images.Count + 1];
        foreach (var (image, _) in _annotations)
        {
            if (!numbers.TryGetValue(image, out int number))
            {
                throw new InvalidDataException(
                    $"The file '{path}' has an annotation of the image {image}, and no such image. Export it anew, or take the "
                    + "annotation out.");
            }
            _firstOfImage[number + 1]++;
        }
        for (int i = 0; i < _images.Count; i++) _firstOfImage[i + 1] += _firstOfImage[i];
        _places = new long[_annotations.Count];
        int[] next = [.. _firstOfImage];
        foreach (var (image, place) in _annotations) _places[next[numbers[image]]++] = place;
        _annotations.Clear();
        _annotations.TrimExcess();
    }
}
